using DeviceHarness.Codecs.Crc;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Control;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Power;

namespace DeviceHarness.Virtual.Tests.Power;

/// <summary>A relay board without a line, with a meter behind its first channel.</summary>
internal sealed class BoardBench
{
    public BoardBench(RelayBoardOptions options, bool isNormallyClosed = true)
    {
        Options = options;
        Meter = new VirtualEsme(
            "esme-01", EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml")), Time);
        Relay = new VirtualRelay(Meter);
        Board = new VirtualRelayBoard("relays", options, [new BoardContact(1, isNormallyClosed, [Relay])], Time);
    }

    public ManualTimeProvider Time { get; } = new();

    public RelayBoardOptions Options { get; }

    public VirtualEsme Meter { get; }

    public VirtualRelay Relay { get; }

    public VirtualRelayBoard Board { get; }

    /// <summary>The answer to octets that come at once, and to the silence behind them.</summary>
    public string Say(string hex)
    {
        string answer = Hear(hex);
        return answer + Wait(Options.Silence);
    }

    /// <summary>What is answered at once.</summary>
    public string Hear(string hex) => Convert.ToHexString(Board.Step(hex.Octets()).Span);

    /// <summary>What is answered when the line was silent for a while.</summary>
    public string Wait(TimeSpan time)
    {
        Time.Advance(time);
        return Convert.ToHexString(Board.Step([]).Span);
    }

    /// <summary>A request, or an answer, with its checksum.</summary>
    public static string Frame(string hex)
    {
        byte[] octets = hex.Octets();
        ushort checksum = Crc16Modbus.Compute(octets);
        return Convert.ToHexString([.. octets, (byte)checksum, (byte)(checksum >> 8)]);
    }

    /// <summary>Octets that others describe.</summary>
    public static string Vector(string name) => Convert.ToHexString(
        TestVector.Load("power/relay-vectors.json").Single(vector => vector.Name == name).Octets);
}
