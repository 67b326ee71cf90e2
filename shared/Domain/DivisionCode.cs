namespace LaborBridge.Domain;

/// <summary>The level of a division; the value is the length of its code.</summary>
public enum DivisionLevel
{
    /// <summary>省.</summary>
    Province = 2,

    /// <summary>市 (地级).</summary>
    Prefecture = 4,

    /// <summary>县、区、县级市.</summary>
    County = 6,

    /// <summary>乡、镇、街道.</summary>
    Town = 9,

    /// <summary>村.</summary>
    Village = 12,
}

/// <summary>
/// The code of an administrative division (GB/T 2260 and GB/T 10114): 2, 4, 6, 9 or 12 digits, without the zeros that some sheets pad it with.
/// A code is a place in the tree; whether such a division exists is <see cref="Divisions.Exists"/>'s matter. <c>default</c> is <see cref="IsEmpty"/> and covers nothing.
/// </summary>
public readonly record struct DivisionCode : IComparable<DivisionCode>
{
    readonly string? text;

    DivisionCode(string text) => this.text = text;

    /// <summary>Whether this is the <c>default</c> value, no division at all.</summary>
    public bool IsEmpty => text is null;

    /// <summary>The level, from the length.</summary>
    public DivisionLevel Level => (DivisionLevel)Text.Length;

    /// <summary>The next division above, or null for a province.</summary>
    public DivisionCode? Parent => Level switch
    {
        DivisionLevel.Village => At(DivisionLevel.Town),
        DivisionLevel.Town => At(DivisionLevel.County),
        DivisionLevel.County => At(DivisionLevel.Prefecture),
        DivisionLevel.Prefecture => At(DivisionLevel.Province),
        DivisionLevel.Province => null,
        _ => throw new InvalidOperationException("A code has five lengths only."),
    };

    /// <summary>The province it lies in.</summary>
    public DivisionCode Province => new(Text[..2]);

    /// <summary>The prefecture it is or lies in, or null when the code is coarser.</summary>
    public DivisionCode? Prefecture => At(DivisionLevel.Prefecture);

    /// <summary>The county it is or lies in, or null when the code is coarser.</summary>
    public DivisionCode? County => At(DivisionLevel.County);

    /// <summary>The town it is or lies in, or null when the code is coarser.</summary>
    public DivisionCode? Town => At(DivisionLevel.Town);

    string Text => text ?? throw new InvalidOperationException("This DivisionCode is the default value; it names no division.");

    /// <summary>Reads a code: full-width digits and blanks are repaired, padding zeros (<c>640422000000</c>) taken off.</summary>
    /// <returns>False when it is not 2, 4, 6, 9 or 12 digits; <paramref name="code"/> is then empty.</returns>
    public static bool TryParse(string? text, out DivisionCode code)
    {
        var cleaned = WithoutPadding(Cells.Identifier(text));
        var isCode = cleaned.Length is 2 or 4 or 6 or 9 or 12 && cleaned.AsSpan().ContainsOnlyDigits() && cleaned[0] != '0';
        code = isCode ? new DivisionCode(cleaned) : default;
        return isCode;
    }

    /// <summary>Reads a code that was checked before.</summary>
    /// <exception cref="FormatException">The text is no code.</exception>
    public static DivisionCode Parse(string text) =>
        TryParse(text, out var code) ? code : throw new FormatException($"{text} is no division code: 2, 4, 6, 9 or 12 digits are needed.");

    /// <summary>The division of a level that this one is or lies in, or null when the code is coarser.</summary>
    public DivisionCode? At(DivisionLevel level) => Text.Length >= (int)level ? new DivisionCode(Text[..(int)level]) : null;

    /// <summary>Whether the other is this division or lies in it.</summary>
    public bool Covers(DivisionCode other) => text is not null && other.text is not null && other.text.StartsWith(text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public int CompareTo(DivisionCode other) => string.CompareOrdinal(text, other.text);

    /// <summary>The digits.</summary>
    public override string ToString() => text ?? "";

    /// <summary>Before, in the order of codes.</summary>
    public static bool operator <(DivisionCode left, DivisionCode right) => left.CompareTo(right) < 0;

    /// <summary>After, in the order of codes.</summary>
    public static bool operator >(DivisionCode left, DivisionCode right) => left.CompareTo(right) > 0;

    /// <summary>Not after, in the order of codes.</summary>
    public static bool operator <=(DivisionCode left, DivisionCode right) => left.CompareTo(right) <= 0;

    /// <summary>Not before, in the order of codes.</summary>
    public static bool operator >=(DivisionCode left, DivisionCode right) => left.CompareTo(right) >= 0;

    static string WithoutPadding(string cleaned)
    {
        foreach (var length in (ReadOnlySpan<int>)[2, 4, 6, 9])
        {
            if (cleaned.Length is 6 or 9 or 12 && cleaned.Length > length && !cleaned.AsSpan(length).ContainsAnyExcept('0'))
                return cleaned[..length];
        }

        return cleaned;
    }
}
