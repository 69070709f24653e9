/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's crypto API as far as kmod/conn uses it, over nettle: real
 * algorithms, so that keys, signatures and encryption are what they are there.
 */
#ifndef UNC_FUZZ_CRYPTO_H
#define UNC_FUZZ_CRYPTO_H

#define HASH_MAX_DIGESTSIZE	64
#define SHA512_DIGEST_SIZE	64

struct crypto_shash;
struct crypto_aead;

struct shash_desc {
	struct crypto_shash *tfm;
};

struct crypto_shash *crypto_alloc_shash(const char *alg, u32 type, u32 mask);
int crypto_shash_setkey(struct crypto_shash *tfm, const u8 *key,
			unsigned int len);
int crypto_shash_tfm_digest(struct crypto_shash *tfm, const u8 *data,
			    unsigned int len, u8 *out);
int crypto_shash_init(struct shash_desc *desc);
int crypto_shash_update(struct shash_desc *desc, const u8 *data,
			unsigned int len);
int crypto_shash_finup(struct shash_desc *desc, const u8 *data,
		       unsigned int len, u8 *out);
void crypto_free_shash(struct crypto_shash *tfm);

#define SHASH_DESC_ON_STACK(desc, tfm) \
	struct shash_desc __##desc = {}, *desc = &__##desc
#define shash_desc_zero(desc)	((void)(desc))
#define crypto_memneq(a, b, n)	(!!memcmp(a, b, n))

struct scatterlist {
	u8		*buf;
	unsigned int	len;
};

#define sg_init_table(sg, n)	memset(sg, 0, (n) * sizeof(*(sg)))
#define sg_set_buf(sg, b, n) \
	(*(sg) = (struct scatterlist){ .buf = (void *)(b), .len = (n) })
#define sg_set_page(sg, page, n, off)	sg_set_buf(sg, page, n)

struct aead_request {
	struct crypto_aead	*tfm;
	struct scatterlist	*sg;
	unsigned int		aad;
	unsigned int		len;
	u8			*iv;
};

struct crypto_wait {
	char none;
};

#define DECLARE_CRYPTO_WAIT(w)	struct crypto_wait w
#define crypto_req_done		NULL
#define crypto_wait_req(r, w)	((void)(w), (r))

enum {
	CRYPTO_TFM_REQ_MAY_BACKLOG,
	CRYPTO_TFM_REQ_MAY_SLEEP,
};

struct crypto_aead *crypto_alloc_aead(const char *alg, u32 type, u32 mask);
int crypto_aead_setkey(struct crypto_aead *tfm, const u8 *key,
		       unsigned int len);
int crypto_aead_setauthsize(struct crypto_aead *tfm, unsigned int len);
void crypto_free_aead(struct crypto_aead *tfm);
int crypto_aead_encrypt(struct aead_request *req);
int crypto_aead_decrypt(struct aead_request *req);

#define crypto_aead_reqsize(tfm)	0
#define aead_request_set_tfm(r, t)	((void)((r)->tfm = (t)))
#define aead_request_set_ad(r, n)	((void)((r)->aad = (n)))
#define aead_request_set_callback(r, flags, done, data) \
	((void)(flags), (void)(data))
#define aead_request_set_crypt(r, src, dst, n, v) \
	((r)->sg = (src), (r)->len = (n), (void)((r)->iv = (v)))

#endif /* UNC_FUZZ_CRYPTO_H */
