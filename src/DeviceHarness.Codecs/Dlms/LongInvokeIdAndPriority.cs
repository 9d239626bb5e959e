namespace DeviceHarness.Codecs.Dlms;

/// <summary>The four octets that identify a data notification or an access service.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Long-Invoke-Id-And-Priority, with the bits that public implementations use. Bits 0 to 23 invoke id, bit 28
/// self-descriptive, bit 29 processing option (1 break on error), bit 30 service class (1 confirmed), bit 31 priority (1 high).
/// </remarks>
/// <param name="Value">The four octets as one number.</param>
public readonly record struct LongInvokeIdAndPriority(uint Value)
{
    /// <summary>The largest invoke id.</summary>
    public const uint MaximumInvokeId = 0xFF_FFFF;

    private const uint SelfDescriptiveBit = 0x1000_0000;
    private const uint BreakOnErrorBit = 0x2000_0000;
    private const uint ConfirmedBit = 0x4000_0000;
    private const uint HighPriorityBit = 0x8000_0000;

    /// <summary>0 to 16,777,215.</summary>
    public uint InvokeId => Value & MaximumInvokeId;

    /// <summary>True when the APDU carries descriptors of its own.</summary>
    public bool IsSelfDescriptive => (Value & SelfDescriptiveBit) != 0;

    /// <summary>True when a list of services ends at the first that fails.</summary>
    public bool BreaksOnError => (Value & BreakOnErrorBit) != 0;

    /// <summary>True when an answer is asked for.</summary>
    public bool IsConfirmed => (Value & ConfirmedBit) != 0;

    /// <summary>True for high priority.</summary>
    public bool IsHighPriority => (Value & HighPriorityBit) != 0;

    /// <summary>Makes the octets.</summary>
    /// <param name="invokeId">Taken modulo 16,777,216.</param>
    /// <param name="isConfirmed">True when an answer is asked for.</param>
    /// <param name="isHighPriority">True for high priority.</param>
    public static LongInvokeIdAndPriority Create(uint invokeId, bool isConfirmed = false, bool isHighPriority = false) =>
        new((invokeId & MaximumInvokeId) | (isConfirmed ? ConfirmedBit : 0) | (isHighPriority ? HighPriorityBit : 0));

    /// <summary>Such as <c>invoke 475 unconfirmed normal</c>.</summary>
    public override string ToString() =>
        $"invoke {InvokeId} {(IsConfirmed ? "confirmed" : "unconfirmed")} {(IsHighPriority ? "high" : "normal")}";
}
