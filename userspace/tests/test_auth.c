// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The authentication state machine against an acceptor of gss-ntlmssp in the
 * same process: good exchanges, and servers that lie.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "auth.h"
#include "gss_acceptor.h"
#include "log.h"
#include "mech.h"
#include "spnego.h"
#include "tap.h"

#define USER_FILE "test-auth-users.txt"

static struct request req;
static struct answer answer;
static uint8_t server[UNC_TOKEN_MAX];
static uint8_t said[UNC_TOKEN_MAX];	/* by the client, last */
static size_t said_len;

static void request_for(const char *user, const char *password, uint32_t sec)
{
	memset(&req, 0, sizeof(req));
	req.kind = UNC_KIND_AUTH;
	req.sec = sec;
	strcpy(req.host, "files.lab.test");
	if (user)
		credential_set_user(&req.cred, user);
	if (password)
		credential_set_password(&req.cred, password);
}

/*
 * Run an exchange to its end with this acceptor; the answer is left in
 * @answer, with .error -EREMOTEIO when it was the acceptor who refused.
 */
static void run(struct acceptor *acc)
{
	struct auth *auth = auth_new(&req);
	long len = 0;

	for (int leg = 0; leg < 8; leg++) {
		auth_leg(auth, server, (size_t)len, &answer);
		if (answer.error || answer.done)
			break;
		said_len = answer.token_len;
		memcpy(said, answer.token, said_len);
		len = acceptor_step(acc, answer.token, answer.token_len,
				    server, sizeof(server));
		if (len < 0) {
			answer.error = -EREMOTEIO;
			break;
		}
	}
	auth_free(auth);
}

static void test_good(const char *user)
{
	struct acceptor acc = { 0 };

	request_for(user, "Passw0rd", UNC_SEC_NTLM);
	run(&acc);
	ok(!answer.error && answer.done, "%s: authenticated (%s)", user,
	   answer.message);
	ok(answer.key_len == 16 && acc.key_len == 16 &&
	   memcmp(answer.key, acc.key, 16) == 0, "%s: same session key", user);
	ok(strcmp(answer.mech, "ntlmssp") == 0, "%s: mechanism named", user);
	ok(strstr(answer.principal, "alice"), "%s: principal is %s", user,
	   answer.principal);
	acceptor_clear(&acc);
}

/*
 * [MS-NLMP] 2.2.2.1, MsvAvTargetName: what binds NTLM to the server in SMB, which
 * has no channel to bind to.
 */
static void test_target_name(void)
{
	static const char name[] = "cifs/files.lab.test";
	struct acceptor acc = { 0 };
	uint8_t utf16[2 * (sizeof(name) - 1)] = { 0 };

	for (size_t i = 0; i < sizeof(name) - 1; i++)
		utf16[2 * i] = (uint8_t)name[i];
	request_for("LAB\\alice", "Passw0rd", UNC_SEC_NTLM);
	run(&acc);
	ok(memmem(said, said_len, utf16, sizeof(utf16)),
	   "NTLM says for which server it is");
	acceptor_clear(&acc);
}

static void test_wrong_password(void)
{
	struct acceptor acc = { 0 };

	request_for("LAB\\alice", "wrong", UNC_SEC_NTLM);
	run(&acc);
	ok(answer.error == -EREMOTEIO, "a wrong password: the server refuses");
	acceptor_clear(&acc);
}

static void test_bad_mic(void)
{
	struct acceptor acc = { .corrupt_mic = true };

	request_for("LAB\\alice", "Passw0rd", UNC_SEC_NTLM);
	run(&acc);
	ok(answer.error == -EPROTO && !answer.done,
	   "a wrong mechListMIC is refused: %s", answer.message);
	ok(answer.stage == UNC_STAGE_MECHANISM && answer.gss_major,
	   "with its stage and GSS status");
	acceptor_clear(&acc);
}

static void test_quiet_server(void)
{
	struct acceptor acc = { .omit_mic = true };

	request_for("LAB\\alice", "Passw0rd", UNC_SEC_NTLM);
	run(&acc);
	ok(answer.done, "no mechListMIC where none is needed is accepted");
	acceptor_clear(&acc);

	acc.empty_last = true;
	run(&acc);
	ok(answer.done, "no last token at all is accepted");
	acceptor_clear(&acc);
}

static void test_no_credential(void)
{
	struct acceptor acc = { 0 };

	request_for("alice", NULL, UNC_SEC_NTLM);
	run(&acc);
	ok(answer.error == -ENOKEY, "no password: ENOKEY, %s", answer.message);
	request_for("alice@NOWHERE.TEST", NULL, UNC_SEC_KRB5);
	run(&acc);
	ok(answer.error == -ENOKEY, "no ticket: ENOKEY, %s", answer.message);
}

static void first_leg_with(const uint8_t *hint, size_t len)
{
	struct auth *auth = auth_new(&req);

	auth_leg(auth, hint, len, &answer);
	auth_free(auth);
}

static size_t hint_of(enum spnego_mech mech)
{
	struct spnego_init init = { .mech_count = 1 };
	struct der_bytes token;

	init.mechs[0] = spnego_mech_oid(mech);
	token = spnego_init_encode(server, sizeof(server), &init);
	memmove(server, token.data, token.len);
	return token.len;
}

static void test_hints(void)
{
	request_for("LAB\\alice", "Passw0rd", UNC_SEC_NTLM);
	first_leg_with((const uint8_t *)"junk", 4);
	ok(answer.error == -EPROTO, "junk as hint: EPROTO, %s",
	   answer.message);
	first_leg_with(server, hint_of(SPNEGO_MECH_KRB5));
	ok(answer.error == -EPROTONOSUPPORT,
	   "a server without NTLM: EPROTONOSUPPORT, %s", answer.message);
	first_leg_with(server, hint_of(SPNEGO_MECH_NTLM));
	ok(!answer.error && answer.token_len, "a server with NTLM");
}

/* Give the machine @resp after its first token. */
static void second_leg_with(const struct spnego_resp *resp)
{
	struct auth *auth = auth_new(&req);
	struct der_bytes token;

	request_for("LAB\\alice", "Passw0rd", UNC_SEC_NTLM);
	auth_leg(auth, NULL, 0, &answer);
	token = spnego_resp_encode(server, sizeof(server), resp);
	auth_leg(auth, token.data, token.len, &answer);
	auth_free(auth);
}

static void test_lies(void)
{
	struct spnego_resp resp = { .state = SPNEGO_STATE_COMPLETED };

	second_leg_with(&resp);
	ok(answer.error == -EPROTO && !answer.done,
	   "success half way: EPROTO, %s", answer.message);
	resp.state = SPNEGO_STATE_REJECT;
	second_leg_with(&resp);
	ok(answer.error == -EACCES, "reject: EACCES, %s", answer.message);
	resp.state = SPNEGO_STATE_INCOMPLETE;
	resp.mech = spnego_mech_oid(SPNEGO_MECH_KRB5);
	second_leg_with(&resp);
	ok(answer.error == -EPROTO, "a choice not offered: EPROTO, %s",
	   answer.message);
	resp.mech = spnego_mech_oid(SPNEGO_MECH_NTLM);
	resp.token = (struct der_bytes){ (const uint8_t *)"NTLMSSP", 8 };
	second_leg_with(&resp);
	ok(answer.error == -EPROTO, "a cut challenge: EPROTO, %s",
	   answer.message);
	resp.token = (struct der_bytes){ NULL, 0 };
	second_leg_with(&resp);
	ok(answer.error < 0, "no challenge: %s", answer.message);
}

static void test_anonymous(void)
{
	static const uint8_t challenge[48] = "NTLMSSP\0\2";
	struct spnego_resp resp = { .state = SPNEGO_STATE_INCOMPLETE };
	struct auth *auth;
	struct der_bytes token;

	request_for(NULL, NULL, UNC_SEC_NONE);
	auth = auth_new(&req);
	auth_leg(auth, NULL, 0, &answer);
	ok(!answer.error && answer.token_len, "anonymous: first token");
	resp.token = (struct der_bytes){ challenge, sizeof(challenge) };
	token = spnego_resp_encode(server, sizeof(server), &resp);
	auth_leg(auth, token.data, token.len, &answer);
	ok(!answer.error && answer.token_len && !answer.done,
	   "anonymous: second token");
	auth_leg(auth, NULL, 0, &answer);
	ok(answer.done && answer.key_len == 16 &&
	   strcmp(answer.principal, "anonymous") == 0, "anonymous: done");
	auth_free(auth);
}

static bool have_ntlm(void)
{
	struct mech *mech;

	request_for("LAB\\alice", "Passw0rd", UNC_SEC_NTLM);
	mech = gss_mech_new(SPNEGO_MECH_NTLM, &req, &answer);
	if (mech)
		mech->ops->free(mech);
	return mech;
}

int main(void)
{
	FILE *users = fopen(USER_FILE, "we");

	log_open("test_auth", LOG_LEVEL_ERROR, false);
	if (!users || fputs("LAB:alice:Passw0rd\n", users) < 0 ||
	    fclose(users))
		return EXIT_FAILURE;
	setenv("NTLM_USER_FILE", USER_FILE, 1);
	setenv("KRB5CCNAME", "FILE:/nonexistent", 1);
	if (!have_ntlm())
		return tap_skip_all("gss-ntlmssp is not installed");
	test_good("LAB\\alice");
	test_good("alice");
	test_target_name();
	test_wrong_password();
	test_bad_mic();
	test_quiet_server();
	test_no_credential();
	test_hints();
	test_lies();
	test_anonymous();
	unlink(USER_FILE);
	return tap_done();
}
