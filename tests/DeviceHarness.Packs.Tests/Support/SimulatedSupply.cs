using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Packs.Tests.Support;

/// <summary>Feeds and inputs of a bench on a test's clock. A contact moves the supply unless it is stuck; an input tells what is
/// there.</summary>
internal sealed class SimulatedSupply(TimeProvider time) : ISupplySense, IPowerPort
{
    private readonly Dictionary<SupplyPoint, List<(TimeSpan Since, TimeSpan? Until)>> _gaps = [];
    private readonly long _start = time.GetTimestamp();

    /// <summary>What reading an input fails with; null for one that works.</summary>
    public TransportException? InputFault { get; set; }

    /// <summary>What switching fails with; null for a contact that can be told.</summary>
    public TransportException? ContactFault { get; set; }

    /// <summary>Whether contacts take what they are told and do not move.</summary>
    public bool IsStuck { get; set; }

    /// <summary>The time between two looks of inputs that are asked again and again; zero for inputs that stamp each change.</summary>
    public TimeSpan Period { get; set; }

    /// <summary>The times in which no input was asked.</summary>
    public List<SupplyGap> Unlooked { get; } = [];

    /// <summary>Is told where a contact was switched to.</summary>
    public Action<bool> Switched { get; set; } = _ => { };

    /// <summary>Which run of the inputs it is.</summary>
    public string Source { get; set; } = "first";

    /// <summary>The devices that have no input.</summary>
    public HashSet<string> Unseen { get; } = [];

    /// <summary>What the contacts were told, such as <c>esme-01 off</c>.</summary>
    public List<string> Told { get; } = [];

    /// <summary>How long the inputs run.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Takes a supply away from now on.</summary>
    /// <param name="point">Where.</param>
    /// <param name="duration">For how long; null until it is given back.</param>
    public void Interrupt(SupplyPoint point, TimeSpan? duration = null) => GapsOf(point).Add((Now, Now + duration));

    public bool Has(SupplyPoint point) => !Unseen.Contains(point.Device.Value);

    public Task<SupplyReading> ReadAsync(SupplyPoint point, CancellationToken cancellationToken)
    {
        if (InputFault is not null)
        {
            throw InputFault;
        }

        TimeSpan now = Now;
        List<SupplyEdge> edges = [];
        foreach ((TimeSpan since, TimeSpan? until) in GapsOf(point))
        {
            edges.Add(new SupplyEdge(edges.Count + 1, IsPresent: false, since) { Uncertainty = Period });
            if (until <= now)
            {
                edges.Add(new SupplyEdge(edges.Count + 1, IsPresent: true, until.Value) { Uncertainty = Period });
            }
        }

        return Task.FromResult(new SupplyReading(Source, now, edges.Count == 0 || edges[^1].IsPresent, edges)
        {
            Blind = Period,
            Gaps = Unlooked.Count > 0 ? [.. Unlooked.Where(gap => gap.To <= now)] : null,
        });
    }

    public Task WaitAsync(SupplyPoint point, long sequence, TimeSpan atMost, CancellationToken cancellationToken) =>
        Task.Delay(atMost < TimeSpan.FromSeconds(1) ? atMost : TimeSpan.FromSeconds(1), time, cancellationToken);

    public PowerFeed? FeedOf(DeviceId device) => device.Value == "esme-mute"
        ? null
        : new PowerFeed("mains", [device], TimeSpan.Zero, TimeSpan.Zero);

    public Task SwitchAsync(DeviceId device, bool isOn, CancellationToken cancellationToken)
    {
        if (ContactFault is not null)
        {
            throw ContactFault;
        }

        Told.Add($"{device} {(isOn ? "on" : "off")}");
        SupplyPoint mains = new(device, SupplyTerminal.Mains);
        List<(TimeSpan Since, TimeSpan? Until)> gaps = GapsOf(mains);
        bool isOff = gaps is [.., (_, null)];
        if (!IsStuck && isOn && isOff)
        {
            gaps[^1] = (gaps[^1].Since, Now);
        }
        else if (!IsStuck && !isOn && !isOff)
        {
            Interrupt(mains);
        }

        Switched(isOn);
        return Task.CompletedTask;
    }

    private List<(TimeSpan Since, TimeSpan? Until)> GapsOf(SupplyPoint point) =>
        _gaps.TryGetValue(point, out List<(TimeSpan Since, TimeSpan? Until)>? gaps) ? gaps : _gaps[point] = [];
}
