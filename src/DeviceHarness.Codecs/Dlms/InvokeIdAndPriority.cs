namespace DeviceHarness.Codecs.Dlms;

/// <summary>The octet that ties a response to its request: invoke id, service class and priority.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Invoke-Id-And-Priority. Bits 0 to 3 invoke id, bit 6 service class (1 confirmed), bit 7 priority (1 high).
/// A response repeats the octet; peers compare the invoke id only.
/// </remarks>
/// <param name="Octet">The octet as sent.</param>
public readonly record struct InvokeIdAndPriority(byte Octet)
{
    /// <summary>The largest invoke id.</summary>
    public const int MaximumInvokeId = 15;

    private const byte ConfirmedBit = 0x40;
    private const byte HighPriorityBit = 0x80;

    /// <summary>0 to 15.</summary>
    public int InvokeId => Octet & MaximumInvokeId;

    /// <summary>True when an answer is asked for.</summary>
    public bool IsConfirmed => (Octet & ConfirmedBit) != 0;

    /// <summary>True for high priority.</summary>
    public bool IsHighPriority => (Octet & HighPriorityBit) != 0;

    /// <summary>Makes the octet.</summary>
    /// <param name="invokeId">Taken modulo 16.</param>
    /// <param name="isConfirmed">True when an answer is asked for.</param>
    /// <param name="isHighPriority">True for high priority.</param>
    public static InvokeIdAndPriority Create(int invokeId, bool isConfirmed = true, bool isHighPriority = true) =>
        new((byte)((invokeId & MaximumInvokeId) | (isConfirmed ? ConfirmedBit : 0) | (isHighPriority ? HighPriorityBit : 0)));

    /// <summary>Such as <c>invoke 1 confirmed high</c>.</summary>
    public override string ToString() =>
        $"invoke {InvokeId} {(IsConfirmed ? "confirmed" : "unconfirmed")} {(IsHighPriority ? "high" : "normal")}";
}
