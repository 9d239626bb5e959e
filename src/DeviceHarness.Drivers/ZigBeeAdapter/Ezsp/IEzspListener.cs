using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>Who hears what an adapter says unasked. Every call is made by the client's one loop: it must return at once and send
/// nothing.</summary>
public interface IEzspListener
{
    /// <summary>A callback came.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="parameters">What follows the header; it does not change afterwards.</param>
    void Heard(in EzspHeader header, ReadOnlyMemory<byte> parameters);

    /// <summary>A frame came that answers nothing and is no callback, or has no header: kept for evidence, otherwise passed
    /// over.</summary>
    /// <param name="frame">The whole frame.</param>
    void HeardUnknown(ReadOnlyMemory<byte> frame);

    /// <summary>The adapter ran out of memory: callbacks may be missing.</summary>
    void Overflowed();

    /// <summary>The adapter is lost, and every command in flight has failed with the same.</summary>
    /// <param name="reason">Why.</param>
    void Lost(HarnessException reason);
}
