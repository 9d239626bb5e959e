namespace DeviceHarness.Codecs.Ezsp;

/// <summary>The version of the serial protocol that a host and an adapter agreed on, and what follows from it.</summary>
/// <param name="Number">The protocol version, 4 and above; 15 was never released.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.1 to 4.5 sums it up.</remarks>
public readonly record struct EzspVersion(byte Number)
{
    private const byte FirstMarked = 5;
    private const byte FirstWithNetworkInitBitmask = 6;
    private const byte FirstExtended = 8;
    private const byte FirstSecurityManager = 12;
    private const byte FirstSlStatus = 14;

    /// <summary>The oldest version that is spoken.</summary>
    public static EzspVersion Oldest => new(4);

    /// <summary>EmberZNet 7.4, the version most present-day adapters run.</summary>
    public static EzspVersion Reference => new(13);

    /// <summary>The header that every frame has, but for the first version command.</summary>
    public EzspHeaderForm HeaderForm => Number switch
    {
        < FirstMarked => EzspHeaderForm.Short,
        < FirstExtended => EzspHeaderForm.Marked,
        _ => EzspHeaderForm.Extended,
    };

    /// <summary>Whether statuses take four octets (from 14) and name the status space of the whole vendor, rather than one octet.</summary>
    public bool HasWideStatus => Number >= FirstSlStatus;

    /// <summary>Whether message tags take two octets (from 14), rather than one.</summary>
    public bool HasWideTag => HasWideStatus;

    /// <summary>Whether keys go through the security manager's commands (from 12).</summary>
    public bool HasSecurityManager => Number >= FirstSecurityManager;

    /// <summary>Whether networkInit carries a bitmask (from 6).</summary>
    public bool HasNetworkInitBitmask => Number >= FirstWithNetworkInitBitmask;

    /// <inheritdoc/>
    public override string ToString() => $"EZSP {Number}";
}
