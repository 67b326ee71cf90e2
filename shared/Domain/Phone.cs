namespace LaborBridge.Domain;

/// <summary>Why a text is no telephone number.</summary>
public enum PhoneError
{
    /// <summary>No error.</summary>
    None,

    /// <summary>The text is empty.</summary>
    Missing,

    /// <summary>A spreadsheet rounded the digits away (<c>1.38E+10</c>).</summary>
    Destroyed,

    /// <summary>Something that is no digit.</summary>
    Characters,

    /// <summary>Neither a mobile number (11 digits), a line with its area code, nor a 400 or 800 number.</summary>
    Number,
}

/// <summary>
/// A telephone number of the mainland: mobile (11 digits from 13 to 19), a line with area code, or 400/800. Shared numbers are normal, so it is never a key.
/// <see cref="ToString"/> is masked. <c>default</c> is <see cref="IsEmpty"/>.
/// </summary>
public readonly record struct Phone
{
    static readonly char[] Separators = [',', '，', ';', '；', '/', '／', '、', '|', '\n', '\r'];

    readonly string? digits;

    Phone(string digits) => this.digits = digits;

    /// <summary>Whether this is the <c>default</c> value, no number at all.</summary>
    public bool IsEmpty => digits is null;

    /// <summary>Whether it is a mobile number, one that can receive a link.</summary>
    public bool IsMobile => digits is ['1', ..] && digits.Length == 11;

    /// <summary>Reads one number: full-width digits, blanks, dashes, brackets and +86 are taken off.</summary>
    /// <returns>False with the <paramref name="error"/>; <paramref name="phone"/> is then empty.</returns>
    public static bool TryParse(string? text, out Phone phone, out PhoneError error)
    {
        var cleaned = Cells.Identifier(text);
        if (cleaned.EndsWith(".0", StringComparison.Ordinal))
            cleaned = cleaned[..^2];
        error = cleaned.Length == 0 ? PhoneError.Missing : Cells.IsDestroyedNumber(cleaned) ? PhoneError.Destroyed : PhoneError.None;
        var number = WithoutCountry(string.Concat(cleaned.Where(c => c is not ('-' or '－' or '—' or '–' or '‐' or '(' or ')' or '.' or '·'))));
        if (error == PhoneError.None && !number.All(char.IsAsciiDigit))
            error = PhoneError.Characters;
        if (error == PhoneError.None && !IsNumber(number))
            error = PhoneError.Number;
        phone = error == PhoneError.None ? new Phone(number) : default;
        return error == PhoneError.None;
    }

    /// <inheritdoc cref="TryParse(string?, out Phone, out PhoneError)"/>
    public static bool TryParse(string? text, out Phone phone) => TryParse(text, out phone, out _);

    /// <summary>Reads a number that was checked before.</summary>
    /// <exception cref="FormatException">The text is no number. The message does not repeat it.</exception>
    public static Phone Parse(string text) => TryParse(text, out var phone, out var error) ? phone : throw new FormatException($"Not a phone number: {error}.");

    /// <summary>The pieces of a cell that holds several numbers, in order, still unread: parse each by itself.</summary>
    public static IReadOnlyList<string> Split(string? text) =>
        Cells.UnwrapOnly(text).Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The digits. Personal data: log the purpose where they are shown.</summary>
    public string Reveal() => digits ?? throw new InvalidOperationException("This Phone is the default value; it holds no number.");

    /// <summary>The masked number: three digits, stars, four digits, <c>138****5678</c>.</summary>
    public override string ToString() => digits is null ? "" : $"{digits[..3]}{new string('*', digits.Length - 7)}{digits[^4..]}";

    static string WithoutCountry(string number) => number switch
    {
        ['+', '8', '6', ..] => number[3..],
        ['0', '0', '8', '6', ..] => number[4..],
        ['8', '6', '1', ..] when number.Length == 13 => number[2..],
        _ => number,
    };

    static bool IsNumber(string number) => number switch
    {
        ['1', >= '3' and <= '9', ..] => number.Length == 11,
        ['0', >= '1' and <= '9', ..] => number.Length is >= 10 and <= 12,
        ['4' or '8', '0', '0', ..] => number.Length == 10,
        _ => false,
    };
}
