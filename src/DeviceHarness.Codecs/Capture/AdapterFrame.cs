using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Codecs.Capture;

/// <summary>An EZSP frame of a recording.</summary>
/// <param name="Header">Its header: whether it is a command, an answer or a callback, and which.</param>
/// <param name="Parameters">What follows the header.</param>
/// <param name="Version">The version by which they are read: agreed on in the recording, or assumed.</param>
public readonly record struct AdapterFrame(EzspHeader Header, ReadOnlyMemory<byte> Parameters, EzspVersion Version)
{
    /// <summary>The frame in words, without keys.</summary>
    public override string ToString() => EzspCatalogue.Describe(Header, Parameters, Version);
}
