namespace DeviceHarness.Codecs.Acse;

/// <summary>How objects are referenced and whether APDUs may be ciphered.</summary>
/// <remarks>Spec: IEC 62056-5-3, application context names; the last arc of 2.16.756.5.8.1.n.</remarks>
public enum ApplicationContext : byte
{
    /// <summary>An object identifier that is none of the four; a server refuses it with diagnostic 2.</summary>
    Unknown = 0,

    /// <summary>Logical names, no ciphering.</summary>
    LogicalName = 1,

    /// <summary>Short names, no ciphering.</summary>
    ShortName = 2,

    /// <summary>Logical names with ciphering.</summary>
    LogicalNameCiphered = 3,

    /// <summary>Short names with ciphering.</summary>
    ShortNameCiphered = 4,
}
