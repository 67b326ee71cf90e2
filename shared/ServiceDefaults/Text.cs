namespace LaborBridge.ServiceDefaults;

/// <summary>The languages that LaborBridge speaks.</summary>
public enum Language
{
    /// <summary>Chinese, unless the reader asks otherwise.</summary>
    Zh,
    /// <summary>English.</summary>
    En,
}

/// <summary>Words for a person, in both languages.</summary>
public sealed record Text(string Zh, string En)
{
    /// <summary>The words in one language.</summary>
    public string In(Language language) => language == Language.En ? En : Zh;
}
