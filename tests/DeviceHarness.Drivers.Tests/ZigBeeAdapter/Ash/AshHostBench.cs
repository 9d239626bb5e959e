using DeviceHarness.Drivers.ZigBeeAdapter.Ash;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ash;

/// <summary>A host's machine with a clock that only the test moves.</summary>
internal sealed class AshHostBench(AshHostSettings? settings = null)
{
    public AshHostLink Link { get; } = new(settings ?? new AshHostSettings());

    public TimeSpan Now { get; private set; } = TimeSpan.FromSeconds(100);

    public AshHostStep Last { get; private set; }

    /// <summary>Everything that was delivered so far, each frame by its first octet.</summary>
    public List<byte> Delivered { get; } = [];

    public List<string> Connect() => Take(Link.Connect(Now));

    public AshHostBench Connected()
    {
        Connect();
        Receive(AshWords.SoftwareReset);
        return this;
    }

    /// <summary>Sends a frame whose first octet is its mark.</summary>
    public List<string> Send(byte mark) => Take(Link.Send(new[] { mark, (byte)0, (byte)0 }, Now));

    public List<string> Receive(params byte[][] frames) => Take(Link.Receive([.. frames.SelectMany(frame => frame)], Now));

    public List<string> Ready(bool isReady) => Take(Link.SetReady(isReady, Now));

    public List<string> Tick(double afterSeconds)
    {
        Now += TimeSpan.FromSeconds(afterSeconds);
        return Take(Link.Tick(Now));
    }

    public void Pass(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    /// <summary>Ticks when the machine asks for it.</summary>
    public List<string> TickWhenDue()
    {
        Now = Last.NextTick!.Value;
        return Take(Link.Tick(Now));
    }

    private List<string> Take(AshHostStep step)
    {
        Last = step;
        List<string> words = AshWords.Of(step.Transmit);
        while (Link.TryFetch(out ReadOnlyMemory<byte> frame))
        {
            Delivered.Add(frame.Span[0]);
        }

        return words;
    }
}
