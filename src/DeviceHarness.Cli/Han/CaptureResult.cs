using DeviceHarness.Codecs.Ezsp;

namespace DeviceHarness.Cli.Han;

/// <summary>A capture file.</summary>
/// <param name="File">The file, pcapng.</param>
/// <param name="Port">The adapter's port.</param>
/// <param name="Packets">How many messages are in it.</param>
/// <param name="Unreadable">How many frames of the adapter's line could not be read: damaged, or with masked keys.</param>
/// <param name="Version">The EZSP version that the evidence told; null when it was assumed.</param>
internal sealed record CaptureResult(ReadOnlyMemory<byte> File, string Port, int Packets, int Unreadable, EzspVersion? Version);
