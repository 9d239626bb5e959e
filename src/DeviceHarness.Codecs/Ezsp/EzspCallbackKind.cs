namespace DeviceHarness.Codecs.Ezsp;

/// <summary>Whether a frame from the adapter answers a command.</summary>
/// <remarks>Spec: EZSP reference, frame control bits 4 and 3, as this harness's ZigBee guide 4.1 sums it up.</remarks>
public enum EzspCallbackKind : byte
{
    /// <summary>It answers the command with the same sequence number.</summary>
    None,

    /// <summary>A callback that the host asked for.</summary>
    Synchronous,

    /// <summary>A callback that came by itself; its sequence number means nothing.</summary>
    Asynchronous,

    /// <summary>Not defined.</summary>
    Reserved,
}
