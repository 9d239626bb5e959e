using System.Buffers;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Capture;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Packs.Evidence;

namespace DeviceHarness.Cli.Han;

/// <summary>The messages of the HAN in the evidence of attempts, as a capture file.</summary>
internal static class EvidenceCapture
{
    private const string ToDevice = "ToDevice";

    /// <summary>Builds the file.</summary>
    /// <param name="attempts">The attempts, in any order.</param>
    /// <param name="port">The adapter's port, when the evidence names several; null to take the only one.</param>
    /// <param name="version">The EZSP version, for evidence that begins in the middle of a session; null to learn or assume it.</param>
    /// <exception cref="CommandException">No adapter's line is in the evidence, or several are and none is named.</exception>
    public static CaptureResult Build(IReadOnlyList<EvidenceDocument> attempts, string? port, EzspVersion? version)
    {
        (DateTimeOffset Time, WireEvidence Wire)[] wire =
        [
            .. attempts.SelectMany(attempt => attempt.Steps.SelectMany(step => step.Wire)
                    .Select(wire => (Time: attempt.Started.AddMicroseconds(wire.OffsetMicroseconds), wire)))
                .OrderBy(entry => entry.Time),
        ];
        string chosen = PortOf(wire.Select(entry => entry.Wire), port, version);
        AdapterLineReader line = new(version);
        HanMessages messages = new();
        ArrayBufferWriter<byte> file = new();
        PcapngWriter writer = new(file, chosen);
        foreach ((DateTimeOffset time, WireEvidence octets) in wire.Where(entry => entry.Wire.Port == chosen))
        {
            foreach (AdapterFrame frame in line.Take(octets.Direction == ToDevice, OctetsOf(octets)))
            {
                if (messages.Find(frame) is { } message)
                {
                    writer.Write(time, message.Message, message.Remark);
                }
            }
        }

        return new CaptureResult(file.WrittenMemory, chosen, writer.Packets, line.Unreadable, line.Version);
    }

    private static string PortOf(IEnumerable<WireEvidence> wire, string? port, EzspVersion? version)
    {
        ILookup<string, WireEvidence> byPort = wire.ToLookup(octets => octets.Port);
        if (port is not null)
        {
            return byPort.Contains(port)
                ? port
                : throw new CommandException(
                    ExitCode.Usage, $"--port: found '{port}'; the evidence has {string.Join(", ", byPort.Select(one => one.Key).Order())}");
        }

        string[] adapters = [.. byPort.Where(one => IsAdapter(one, version)).Select(one => one.Key).Order()];
        return adapters switch
        {
            [var only] => only,
            [] => throw new CommandException(
                ExitCode.Failed,
                "no octets of a ZigBee adapter are in this evidence: its devices were reached by other links, or nothing was sent"),
            _ => throw new CommandException(
                ExitCode.Usage, $"the evidence has the lines of several adapters; name one by --port: {string.Join(", ", adapters)}"),
        };
    }

    private static bool IsAdapter(IEnumerable<WireEvidence> wire, EzspVersion? version)
    {
        AdapterLineReader line = new(version);
        return wire.Any(octets => line.Take(octets.Direction == ToDevice, OctetsOf(octets)).Count > 0);
    }

    /// <summary>The octets; a masked one becomes the octet that ASH has for a damaged one, so that nothing is made of its frame.</summary>
    private static byte[] OctetsOf(WireEvidence wire) => [.. wire.Values().Select(octet => octet ?? AshOctets.Substitute)];
}
