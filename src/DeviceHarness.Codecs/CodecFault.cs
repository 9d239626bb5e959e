namespace DeviceHarness.Codecs;

/// <summary>What kind of defect a decoder found.</summary>
public enum CodecFaultKind
{
    /// <summary>No defect.</summary>
    None = 0,

    /// <summary>A fixed octet or field has a value that the clause does not allow there.</summary>
    UnexpectedValue,

    /// <summary>A length disagrees with the octets that follow, or with a limit.</summary>
    BadLength,

    /// <summary>A checksum is wrong.</summary>
    BadChecksum,

    /// <summary>A tag is unknown or not allowed here.</summary>
    UnknownTag,

    /// <summary>Nesting is deeper, or a list longer, than the named limit.</summary>
    LimitExceeded,

    /// <summary>Octets are left over after the message.</summary>
    TrailingOctets,

    /// <summary>The octets end inside the message.</summary>
    Truncated,
}

/// <summary>Where and how octets break their format.</summary>
/// <param name="Kind">What kind of defect it is.</param>
/// <param name="Offset">The octet's offset in the decoded span, from 0.</param>
/// <param name="Expected">The value that was expected; -1 when no single value was.</param>
/// <param name="Actual">The value that was found; -1 when there was none.</param>
/// <param name="Clause">The clause of the standard, such as <c>IEC 62056-46 6.4.2</c>; empty when there is no fault.</param>
public readonly record struct CodecFault(CodecFaultKind Kind, int Offset, long Expected, long Actual, string Clause)
{
    /// <summary>No defect.</summary>
    public static CodecFault None => default;

    /// <inheritdoc/>
    public override string ToString() =>
        Kind == CodecFaultKind.None ? "no fault" : $"{Kind} at octet {Offset}: expected {Expected:X}, found {Actual:X} ({Clause})";
}
