namespace Microsoft.SqlServer.Server;

/// <summary>Serialisation format of a CLR user-defined type; LaborBridge has none, SqlClient only asks that the type exists.</summary>
public enum Format
{
    /// <summary>Not known.</summary>
    Unknown = 0,
    /// <summary>Written by the server.</summary>
    Native = 1,
    /// <summary>Written by the type itself.</summary>
    UserDefined = 2,
}

/// <summary>Custom serialisation of a CLR user-defined type.</summary>
public interface IBinarySerialize
{
    /// <summary>Reads the value.</summary>
    void Read(BinaryReader r);

    /// <summary>Writes the value.</summary>
    void Write(BinaryWriter w);
}

/// <summary>Thrown for a type that is no valid CLR user-defined type.</summary>
public sealed class InvalidUdtException : SystemException
{
    private InvalidUdtException(string message) : base(message) { }

    /// <summary>Makes the exception that SqlClient throws for <paramref name="type"/>.</summary>
    public static InvalidUdtException Create(Type type, string reason) => new($"'{type}' is an invalid user defined type: {reason}");
}

/// <summary>Marks a CLR user-defined type.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = false)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    /// <summary>How the type is serialised.</summary>
    public Format Format { get; } = format;
    /// <summary>Largest size in bytes.</summary>
    public int MaxByteSize { get; set; }
    /// <summary>Whether all values have one length.</summary>
    public bool IsFixedLength { get; set; }
    /// <summary>Whether byte order is value order.</summary>
    public bool IsByteOrdered { get; set; }
    /// <summary>Name of the validation method.</summary>
    public string? ValidationMethodName { get; set; }
    /// <summary>Name of the type.</summary>
    public string? Name { get; set; }
}
