// SPDX-License-Identifier: GPL-2.0-only
/*
 * One AEAD operation of the crypto API over memory that is linear for us but
 * may be scattered physically, with the tag apart from the text.
 */
#include <crypto/aead.h>
#include <linux/crypto.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include "keys.h"

/*
 * What must not be on the stack, because a driver may map it for DMA.  The
 * request ends in the driver's context, so it comes last.
 */
struct unc_aead_job {
	u8			iv[UNC_AEAD_IV_MAX];
	u8			tag[UNC_TAG_LEN];
	struct scatterlist	*sg;
	struct aead_request	req;
};

/**
 * unc_aead_new - allocate and key a transform with 16-byte tags
 * @alg: name in the crypto API
 * @key: key
 * @key_len: its length in bytes
 *
 * May sleep and may load modules, so never on a way to write out memory.
 *
 * Return: a transform to be freed with crypto_free_aead(), or an ERR_PTR:
 * -ENOENT when the kernel lacks the algorithm, or what the crypto API said.
 */
struct crypto_aead *unc_aead_new(const char *alg, const u8 *key, u32 key_len)
{
	struct crypto_aead *tfm = crypto_alloc_aead(alg, 0, 0);
	int err;

	if (IS_ERR(tfm))
		return tfm;
	err = crypto_aead_setkey(tfm, key, key_len);
	if (!err)
		err = crypto_aead_setauthsize(tfm, UNC_TAG_LEN);
	if (err) {
		crypto_free_aead(tfm);
		return ERR_PTR(err);
	}
	return tfm;
}

/* Entries that unc_aead_map() needs for @len bytes at @buf. */
static unsigned int unc_aead_entries(const u8 *buf, u32 len)
{
	if (!len)
		return 0;
	if (!is_vmalloc_addr(buf))
		return 1;
	return DIV_ROUND_UP(offset_in_page(buf) + len, PAGE_SIZE);
}

static struct scatterlist *unc_aead_map(struct scatterlist *sg, u8 *buf,
					u32 len)
{
	if (len && !is_vmalloc_addr(buf)) {
		sg_set_buf(sg, buf, len);
		return sg + 1;
	}
	while (len) {
		u32 n = min_t(u32, len, PAGE_SIZE - offset_in_page(buf));

		sg_set_page(sg++, vmalloc_to_page(buf), n, offset_in_page(buf));
		buf += n;
		len -= n;
	}
	return sg;
}

static struct unc_aead_job *unc_aead_job_new(struct crypto_aead *tfm,
					     const struct unc_aead_op *op)
{
	u32 len = op->aad_len + op->text_len;
	unsigned int n = unc_aead_entries(op->data, len);
	struct unc_aead_job *job;

	job = kmalloc(size_add(sizeof(*job), crypto_aead_reqsize(tfm)),
		      GFP_NOFS);
	if (!job)
		return NULL;
	job->sg = kvmalloc_array(n + 1, sizeof(*job->sg), GFP_NOFS);
	if (!job->sg) {
		kfree(job);
		return NULL;
	}
	memcpy(job->iv, op->iv, sizeof(job->iv));
	memcpy(job->tag, op->tag, sizeof(job->tag));
	sg_init_table(job->sg, n + 1);
	unc_aead_map(unc_aead_map(job->sg, op->data, len), job->tag,
		     UNC_TAG_LEN);
	return job;
}

static void unc_aead_job_free(struct unc_aead_job *job)
{
	kvfree(job->sg);
	/* the driver's context may hold key stream */
	kfree_sensitive(job);
}

/**
 * unc_aead_run - encrypt or decrypt in place, and wait for it
 * @tfm: from unc_aead_new()
 * @op: what to do; memory from kmalloc or vmalloc, not from the stack
 *
 * May sleep.  Waits for the processor only, never for the network, so neither
 * signals nor a deadline end the wait.  Any number of callers at once.
 *
 * Return: 0; -EBADMSG if decryption finds another tag, and then the text is
 * not to be used; -ENOMEM; or what the crypto API said.
 */
int unc_aead_run(struct crypto_aead *tfm, const struct unc_aead_op *op)
{
	struct unc_aead_job *job = unc_aead_job_new(tfm, op);
	struct aead_request *req;
	DECLARE_CRYPTO_WAIT(wait);
	int err;

	if (!job)
		return -ENOMEM;
	req = &job->req;
	aead_request_set_tfm(req, tfm);
	aead_request_set_callback(req, CRYPTO_TFM_REQ_MAY_BACKLOG |
				  CRYPTO_TFM_REQ_MAY_SLEEP,
				  crypto_req_done, &wait);
	aead_request_set_ad(req, op->aad_len);
	aead_request_set_crypt(req, job->sg, job->sg, op->text_len +
			       (op->encrypt ? 0 : UNC_TAG_LEN), job->iv);
	if (op->encrypt)
		err = crypto_wait_req(crypto_aead_encrypt(req), &wait);
	else
		err = crypto_wait_req(crypto_aead_decrypt(req), &wait);
	if (!err && op->encrypt)
		memcpy(op->tag, job->tag, sizeof(job->tag));
	unc_aead_job_free(job);
	return err;
}
