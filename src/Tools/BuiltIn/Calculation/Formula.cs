using System.Buffers;
using System.Globalization;

namespace PersonalAi.Tools.BuiltIn.Calculation;

/// <summary>Works out an expression as people type it into a calculator. A Pratt parser: each operator binds what stands beside it as tightly as it says.</summary>
internal sealed class Formula
{
    private const int MostLength = 1_000;
    private const int MostDepth = 64;

    private static readonly SearchValues<char> PlainNumber = SearchValues.Create("0123456789., ");

    private readonly string _text;
    private int _position;
    private int _depth;
    private int _calls;

    private Formula(string text)
    {
        _text = text;
    }

    /// <summary>The value of an expression.</summary>
    /// <exception cref="ToolException">It cannot be understood, or has no value.</exception>
    public static Rational Evaluate(string expression)
    {
        if (expression.Length > MostLength)
        {
            throw new ToolException($"The expression has {expression.Length} characters: write at most {MostLength}, and calculate in parts.");
        }

        var formula = new Formula(expression.Replace('×', '*').Replace('·', '*').Replace('÷', '/').Replace('−', '-').Replace("**", "^", StringComparison.Ordinal).Replace("π", "pi", StringComparison.Ordinal));
        var value = formula.Expression(Binding.None);
        return formula.Peek == '\0' ? value : throw formula.Unexpected();
    }

    private char Peek
    {
        get
        {
            while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
            {
                _position++;
            }

            return _position < _text.Length ? _text[_position] : '\0';
        }
    }

    private Rational Expression(Binding outer)
    {
        if (++_depth > MostDepth)
        {
            throw new ToolException("The expression is nested too deeply: calculate it in parts.");
        }

        var value = Operand();
        while (Next() is { } sign && sign.Binding > outer)
        {
            _position += sign.Length;
            value = sign.Apply(this, value);
        }

        _depth--;
        return value;
    }

    private Rational Operand()
    {
        switch (Peek)
        {
            case '-':
                _position++;
                return -Expression(Binding.Sign);
            case '+':
                _position++;
                return Expression(Binding.Sign);
            case '(':
                _position++;
                var value = Expression(Binding.None);
                Expect(')');
                return value;
            case var letter when char.IsAsciiLetter(letter):
                return Named(Word());
            case var digit when char.IsAsciiDigit(digit) || digit == '.':
                return Number();
            default:
                throw Unexpected();
        }
    }

    private Rational Named(string name)
    {
        if (Peek != '(')
        {
            return Functions.Constant(name) ?? throw (Functions.IsKnown(name)
                ? new ToolException($"'{name}' needs its argument in brackets, like {name}(2).")
                : Functions.Unknown(name));
        }

        if (Functions.Constant(name) is { } constant)
        {
            return constant;
        }

        _position++;
        _calls++;
        List<Rational> arguments = [Expression(Binding.None)];
        while (Peek == ',' || Peek == ';')
        {
            _position++;
            arguments.Add(Expression(Binding.None));
        }

        Expect(')');
        _calls--;
        return Functions.Call(name, arguments);
    }

    // Commas between groups of three digits are read over, but not among the arguments of a function, where they part these.
    private Rational Number()
    {
        var start = _position;
        Digits();
        while (_calls == 0 && IsThousands())
        {
            _position += 4;
        }

        if (_position < _text.Length && _text[_position] == '.')
        {
            _position++;
            Digits();
        }

        if (_position + 1 < _text.Length && _text[_position] is 'e' or 'E' && IsExponent(_position + 1))
        {
            _position += 2;
            Digits();
        }

        var digits = _text[start.._position].Replace(",", "", StringComparison.Ordinal);
        return digits.Any(char.IsAsciiDigit) && Peek != '.' ? Rational.Parse(digits) : throw Unexpected();
    }

    private void Digits()
    {
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            _position++;
        }
    }

    private bool IsThousands() =>
        _text.Length >= _position + 4 && _text[_position] == ',' && _text.AsSpan(_position + 1, 3).IndexOfAnyExceptInRange('0', '9') < 0
        && (_text.Length == _position + 4 || !char.IsAsciiDigit(_text[_position + 4]));

    private bool IsExponent(int at) => char.IsAsciiDigit(_text[at]) || (_text[at] is '+' or '-' && at + 1 < _text.Length && char.IsAsciiDigit(_text[at + 1]));

    private string Word()
    {
        var start = _position;
        while (_position < _text.Length && char.IsAsciiLetterOrDigit(_text[_position]))
        {
            _position++;
        }

        return _text[start.._position].ToLowerInvariant();
    }

    private Operator? Next()
    {
        var sign = Peek;
        return sign switch
        {
            '+' or '-' => new(Binding.Sum, 1, (formula, left) => formula.Add(left, sign == '-')),
            '*' => new(Binding.Product, 1, (formula, left) => left * formula.Expression(Binding.Product)),
            '/' => new(Binding.Product, 1, (formula, left) => left / formula.Expression(Binding.Product)),
            '%' when IsRemainder() => new(Binding.Product, 1, (formula, left) => left % formula.Expression(Binding.Product)),
            '%' => new(Binding.Postfix, 1, (_, left) => left / 100),
            '!' => new(Binding.Postfix, 1, (_, left) => Functions.Factorial(left)),
            '°' => new(Binding.Postfix, 1, (_, left) => left * Functions.Constant("pi")!.Value / 180),
            '^' => new(Binding.Power, 1, (formula, left) => Functions.Power(left, formula.Expression(Binding.Sign))),
            '(' => Implied,
            _ when char.IsAsciiLetter(sign) => Upcoming() switch
            {
                "of" => new(Binding.Product, 2, (formula, left) => left * formula.Expression(Binding.Product)),
                "mod" => new(Binding.Product, 3, (formula, left) => left % formula.Expression(Binding.Product)),
                _ => Implied,
            },
            _ => null,
        };
    }

    // 2(3 + 4) and 2 pi
    private static Operator Implied => new(Binding.Product, 0, (formula, left) => left * formula.Expression(Binding.Product));

    private string Upcoming()
    {
        var start = _position;
        var word = Word();
        _position = start;
        return word;
    }

    // 100 + 20 % is 120, as on every calculator: the percentage is one of what stands before it.
    private Rational Add(Rational left, bool subtract)
    {
        var start = _position;
        var right = Expression(Binding.Sum);
        var isPercentage = IsBarePercentage(_text.AsSpan(start, _position - start));
        var change = isPercentage ? left * right : right;
        return subtract ? left - change : left + change;
    }

    private static bool IsBarePercentage(ReadOnlySpan<char> term)
    {
        var trimmed = term.Trim();
        return trimmed.Length > 1 && trimmed[^1] == '%' && trimmed[..^1].IndexOfAnyExcept(PlainNumber) < 0;
    }

    private bool IsRemainder()
    {
        var after = _text.AsSpan(_position + 1).TrimStart();
        return after.Length > 0 && (char.IsAsciiDigit(after[0]) || after[0] is '(' or '.' || (char.IsAsciiLetter(after[0]) && !after.StartsWith("of", StringComparison.OrdinalIgnoreCase)));
    }

    private void Expect(char wanted)
    {
        if (Peek != wanted)
        {
            throw Unexpected();
        }

        _position++;
    }

    private ToolException Unexpected() => Peek == '\0'
        ? new("The expression ends too early: something is missing after its last sign, or a bracket is not closed.")
        : new(string.Create(CultureInfo.InvariantCulture, $"'{Peek}' at character {_position + 1} of the expression was not expected: write numbers, + - * / ^ %, brackets and functions like sqrt(2)."));

    private enum Binding
    {
        None,
        Sum,
        Product,
        Sign,
        Power,
        Postfix,
    }

    private sealed record Operator(Binding Binding, int Length, Func<Formula, Rational, Rational> Apply);
}
