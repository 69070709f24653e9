// SPDX-License-Identifier: GPL-2.0-or-later
/* Expressions of size_is, length_is and switch_is. */
#include <stdint.h>
#include <string.h>

#include "engine.h"

struct stack {
	int64_t v[NDR_EXPR_STACK];
	unsigned int n;
	bool bad;
};

static void push(struct stack *s, int64_t v)
{
	if (s->n == NDR_EXPR_STACK)
		s->bad = true;
	else
		s->v[s->n++] = v;
}

static int64_t pop(struct stack *s)
{
	if (!s->n) {
		s->bad = true;
		return 0;
	}
	return s->v[--s->n];
}

static const void *pointer_at(const void *scope, const struct ndr_op *op)
{
	const void *p;

	memcpy(&p, (const char *)scope + op->offset, sizeof(p));
	return p;
}

static void variable(struct stack *s, const struct ndr_op *op, const void *scope)
{
	const char *slot = (const char *)scope + op->offset;

	if (op->code == NDR_OP_FIELD) {
		push(s, ndr_load(op->kind, slot));
		return;
	}
	slot = pointer_at(scope, op);
	if (op->code == NDR_OP_SET)
		push(s, slot != NULL);
	else
		push(s, slot ? ndr_load(op->kind, slot) : 0);
}

static void divide(struct stack *s, uint8_t code, int64_t a, int64_t b)
{
	if (!b || (a == INT64_MIN && b == -1))
		s->bad = true;
	else
		push(s, code == NDR_OP_DIV ? a / b : a % b);
}

static void arithmetic(struct stack *s, uint8_t code, int64_t a, int64_t b)
{
	int64_t v = 0;

	switch (code) {
	case NDR_OP_ADD:
		s->bad |= __builtin_add_overflow(a, b, &v);
		break;
	case NDR_OP_SUB:
		s->bad |= __builtin_sub_overflow(a, b, &v);
		break;
	case NDR_OP_MUL:
		s->bad |= __builtin_mul_overflow(a, b, &v);
		break;
	case NDR_OP_AND:
		v = a & b;
		break;
	case NDR_OP_OR:
		v = a | b;
		break;
	case NDR_OP_XOR:
		v = a ^ b;
		break;
	case NDR_OP_SHL:
		v = b >= 0 && b < 64 ? (int64_t)((uint64_t)a << b) : 0;
		break;
	case NDR_OP_SHR:
		v = b >= 0 && b < 64 ? a >> b : 0;
		break;
	default:
		s->bad = true;
	}
	push(s, v);
}

static void binary(struct stack *s, uint8_t code)
{
	int64_t b = pop(s), a = pop(s);

	switch (code) {
	case NDR_OP_DIV:
	case NDR_OP_MOD:
		divide(s, code, a, b);
		break;
	case NDR_OP_EQ:
		push(s, a == b);
		break;
	case NDR_OP_NE:
		push(s, a != b);
		break;
	case NDR_OP_LT:
		push(s, a < b);
		break;
	case NDR_OP_GT:
		push(s, a > b);
		break;
	case NDR_OP_LE:
		push(s, a <= b);
		break;
	case NDR_OP_GE:
		push(s, a >= b);
		break;
	default:
		arithmetic(s, code, a, b);
	}
}

static void step(struct stack *s, const struct ndr_op *op, const void *scope)
{
	int64_t no, yes;

	switch (op->code) {
	case NDR_OP_CONST:
		push(s, op->value);
		break;
	case NDR_OP_FIELD:
	case NDR_OP_DEREF:
	case NDR_OP_SET:
		variable(s, op, scope);
		break;
	case NDR_OP_NEG:
		push(s, (int64_t)(0 - (uint64_t)pop(s)));
		break;
	case NDR_OP_NOT:
		push(s, !pop(s));
		break;
	case NDR_OP_INV:
		push(s, ~pop(s));
		break;
	case NDR_OP_COND:
		no = pop(s);
		yes = pop(s);
		push(s, pop(s) ? yes : no);
		break;
	default:
		binary(s, op->code);
	}
}

/**
 * ndr_eval - the value of an expression
 * @expr: from a table
 * @scope: the C structure its variables are members of
 * @value: receives it
 *
 * Return: false if it has none (division by zero, overflow).
 */
bool ndr_eval(const struct ndr_expr *expr, const void *scope, int64_t *value)
{
	struct stack s = { .n = 0 };
	uint32_t i;

	for (i = 0; i < expr->n_ops && !s.bad; i++)
		step(&s, &expr->ops[i], scope);
	*value = pop(&s);
	return !s.bad;
}

/* The variable in the forms that are solved; NULL if it is another form. */
static const struct ndr_op *only_variable(const struct ndr_expr *expr)
{
	const struct ndr_op *found = NULL;
	uint32_t i;

	for (i = 0; i < expr->n_ops; i++) {
		if (expr->ops[i].code != NDR_OP_FIELD &&
		    expr->ops[i].code != NDR_OP_DEREF)
			continue;
		if (found)
			return NULL;
		found = &expr->ops[i];
	}
	return found;
}

/**
 * ndr_solve - what must the variable be for the expression to be @result?
 * @expr: an expression with one variable
 * @result: its wanted value
 * @value: receives the variable's value
 * @variable: receives the variable
 *
 * Knows "n", "*n", "n + c", "n - c", "n / c", "n * c", "(n + a) / c", "n & c",
 * "c & n" and "p ? *p : 0", which are all that the documents use.
 */
bool ndr_solve(const struct ndr_expr *expr, int64_t result, int64_t *value,
	       const struct ndr_op **variable)
{
	const struct ndr_op *op = expr->ops, *last = op + expr->n_ops - 1;

	*variable = only_variable(expr);
	*value = result;
	if (!*variable)
		return false;
	if (last == *variable || last->code == NDR_OP_COND)
		return true;
	if (expr->n_ops == 3 && last->code == NDR_OP_AND) {
		op += op == *variable;
		return op->code == NDR_OP_CONST && !(result & ~op->value);
	}
	if (expr->n_ops < 3 || last[-1].code != NDR_OP_CONST || !last[-1].value)
		return false;
	if (expr->n_ops == 3 && last->code == NDR_OP_ADD)
		return !__builtin_sub_overflow(result, last[-1].value, value);
	if (expr->n_ops == 3 && last->code == NDR_OP_SUB)
		return !__builtin_add_overflow(result, last[-1].value, value);
	if (last->code == NDR_OP_MUL) {
		*value = result / last[-1].value;
		return result % last[-1].value == 0;
	}
	return last->code == NDR_OP_DIV &&
	       !__builtin_mul_overflow(result, last[-1].value, value);
}

/** ndr_expr_name - the member that ndr_solve() would set, or NULL */
const char *ndr_expr_name(const struct ndr_expr *expr,
			  const struct ndr_field *fields, uint32_t n)
{
	const struct ndr_op *op = expr ? only_variable(expr) : NULL;
	uint32_t i;

	for (i = 0; op && i < n; i++)
		if (fields[i].offset == op->offset)
			return fields[i].name;
	return NULL;
}
