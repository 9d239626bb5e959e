using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Guest;

/// <summary>Outputs, inputs and edges of the GPIO transport on a chip of gpio-sim.</summary>
internal sealed class GpioChecks
{
    private const string Holder = "stove-fan";
    private const int Changes = 40;

    private readonly SimulatedChip _chip =
        SimulatedChip.Make("bench-relays", ["K1", "K2", "S1", "S2", "FAN", "S3"], held: "FAN", holder: Holder);

    private readonly CheckReport _report;

    public GpioChecks(CheckReport report) => _report = report;

    public async Task RunAsync()
    {
        await _report.CheckAsync("an output begins as it is told, follows, and is read back", Output).ConfigureAwait(false);
        await _report.CheckAsync("an output that is active at a low level is turned round", LowOutput).ConfigureAwait(false);
        await _report.CheckAsync("a line that was given back is free, and its chip lets go of it", GivenBack).ConfigureAwait(false);
        await _report.CheckAsync("an input is read, by name, by number and at a low level", Input).ConfigureAwait(false);
        await _report.CheckAsync("the pull that is asked for is at the line", Pulled).ConfigureAwait(false);
        await _report.CheckAsync("an edge has the kernel's stamp, between the act and its news", EdgeAsync).ConfigureAwait(false);
        await _report.CheckAsync($"{Changes} changes are told, each once, in order", EdgesAsync).ConfigureAwait(false);
        await _report.CheckAsync("a debounced input tells one change for a bounce", DebouncedAsync).ConfigureAwait(false);
        await _report.CheckAsync("a line that somebody else holds is refused with his name", HeldAsync).ConfigureAwait(false);
        await _report.CheckAsync("a line that the harness itself holds is refused with its name", TwiceAsync).ConfigureAwait(false);
        await _report.CheckAsync("a chip or line that is not there is refused", MissingAsync).ConfigureAwait(false);
        await _report.CheckAsync("a chip that is pulled out ends waits, values and outputs", PulledOutAsync).ConfigureAwait(false);
        await _report.CheckAsync("a chip that comes back is taken again", ComesBackAsync).ConfigureAwait(false);
    }

    private GpioLineSettings Line(string name) => new() { Chip = _chip.Label, Line = name, Consumer = "guest-check" };

    private Task Output()
    {
        using GpioOutput output = GpioOutput.Open(Line("K1"), isActive: true);
        bool first = _chip.Level("K1");
        output.Set(false);
        (bool level, bool told) second = (_chip.Level("K1"), output.Get());
        output.Set(true);

        CheckReport.RequireEqual(first, true, "level when taken");
        CheckReport.RequireEqual(second, (false, false), "level and answer when off");
        CheckReport.RequireEqual((_chip.Level("K1"), output.Get()), (true, true), "level and answer when on again");
        return Task.CompletedTask;
    }

    private Task LowOutput()
    {
        using GpioOutput output = GpioOutput.Open(Line("K2") with { IsActiveLow = true }, isActive: false);
        (bool level, bool told) first = (_chip.Level("K2"), output.Get());
        output.Set(true);

        CheckReport.RequireEqual(first, (true, false), "level and answer at rest");
        CheckReport.RequireEqual((_chip.Level("K2"), output.Get()), (false, true), "level and answer when active");
        return Task.CompletedTask;
    }

    private Task GivenBack()
    {
        GpioOutput.Open(Line("K1"), isActive: true).Dispose();
        bool rest = _chip.Level("K1");
        using GpioOutput again = GpioOutput.Open(Line("K1"), isActive: true);

        CheckReport.RequireEqual(rest, false, "level of a line that nobody holds");
        CheckReport.RequireEqual(_chip.Level("K1"), true, "level when taken again");
        return Task.CompletedTask;
    }

    private Task Input()
    {
        _chip.Pull("S1", isUp: true);
        using (GpioInput named = GpioInput.Open(Line("S1")))
        {
            CheckReport.RequireEqual(named.Get(), true, "pulled up");
            _chip.Pull("S1", isUp: false);
            CheckReport.RequireEqual(named.Get(), false, "pulled down");
        }

        using GpioInput numbered = GpioInput.Open(Line("2") with { IsActiveLow = true });
        CheckReport.RequireEqual(numbered.Get(), true, "pulled down, active at a low level, by number");
        return Task.CompletedTask;
    }

    private Task Pulled()
    {
        using (GpioInput up = GpioInput.Open(Line("S2") with { Bias = GpioBias.PullUp }))
        {
            CheckReport.RequireEqual((_chip.IsPulledUp("S2"), up.Get()), (true, true), "pull and level with 'pull-up'");
        }

        using GpioInput down = GpioInput.Open(Line("S2") with { Bias = GpioBias.PullDown });
        CheckReport.RequireEqual((_chip.IsPulledUp("S2"), down.Get()), (false, false), "pull and level with 'pull-down'");
        return Task.CompletedTask;
    }

    private async Task EdgeAsync()
    {
        _chip.Pull("S1", isUp: false);
        using GpioInput input = GpioInput.Open(Line("S1"));
        Task told = input.WaitForEdgeAsync(0, CancellationToken.None);
        CheckReport.Require(!told.IsCompleted, "a wait for an edge ended before there was one");

        long before = Stopwatch.GetTimestamp();
        _chip.Pull("S1", isUp: true);
        await told.WaitAsync(CheckReport.Patience).ConfigureAwait(false);
        long after = Stopwatch.GetTimestamp();

        IReadOnlyList<GpioEdge> edges = input.Edges();
        CheckReport.RequireEqual(edges.Count, 1, "edges");
        CheckReport.RequireEqual((edges[0].Sequence, edges[0].IsActive), (1, true), "number and direction");
        CheckReport.Require(
            before <= edges[0].Timestamp && edges[0].Timestamp <= after,
            $"the stamp {edges[0].Timestamp} is not between {before} and {after}: not CLOCK_MONOTONIC");
        double lateMs = Stopwatch.GetElapsedTime(edges[0].Timestamp, after).TotalMilliseconds;
        _report.Note($"the news of an edge came {lateMs:F2} ms after its stamp");
    }

    private async Task EdgesAsync()
    {
        _chip.Pull("S1", isUp: false);
        using GpioInput input = GpioInput.Open(Line("S1") with { IsActiveLow = true });
        for (int change = 1; change <= Changes; change++)
        {
            _chip.Pull("S1", isUp: change % 2 == 1);
            await input.WaitForEdgeAsync(change - 1, CancellationToken.None).WaitAsync(CheckReport.Patience).ConfigureAwait(false);
        }

        GpioEdge[] edges = [.. input.Edges()];
        CheckReport.Require(
            edges.Select(edge => edge.Sequence).SequenceEqual(Enumerable.Range(1, Changes).Select(number => (long)number)),
            $"wanted the numbers 1 to {Changes}, found {string.Join(' ', edges.Select(edge => edge.Sequence))}");
        CheckReport.Require(
            edges.All(edge => edge.IsActive == (edge.Sequence % 2 == 0)), "active at a low level, and an edge tells the other direction");
        CheckReport.Require(
            edges.Zip(edges.Skip(1)).All(pair => pair.First.Timestamp < pair.Second.Timestamp), "the stamps do not grow");
    }

    private async Task DebouncedAsync()
    {
        _chip.Pull("S3", isUp: false);
        using GpioInput input = GpioInput.Open(Line("S3") with { Debounce = TimeSpan.FromMilliseconds(500) });
        foreach (bool isUp in (bool[])[true, false, true, false, true])
        {
            _chip.Pull("S3", isUp);
        }

        await input.WaitForEdgeAsync(0, CancellationToken.None).WaitAsync(CheckReport.Patience).ConfigureAwait(false);
        IReadOnlyList<GpioEdge> edges = input.Edges();
        CheckReport.RequireEqual((edges.Count, edges[^1].IsActive), (1, true), "edges, and the last direction");
    }

    private async Task HeldAsync()
    {
        TransportException output = await CheckReport
            .RequireFaultAsync("GPIO-002", () => GpioOutput.Open(Line("FAN"), isActive: false).Dispose()).ConfigureAwait(false);
        TransportException input = await CheckReport
            .RequireFaultAsync("GPIO-002", () => GpioInput.Open(Line("FAN")).Dispose()).ConfigureAwait(false);

        CheckReport.Require(output.Message.Contains(Holder, StringComparison.Ordinal), output.Message);
        CheckReport.Require(input.Message.Contains(Holder, StringComparison.Ordinal), input.Message);
        CheckReport.RequireEqual(_chip.Level("FAN"), true, "level of the other's line");
    }

    private async Task TwiceAsync()
    {
        using GpioOutput first = GpioOutput.Open(Line("K1"), isActive: true);
        TransportException fault = await CheckReport
            .RequireFaultAsync("GPIO-002", () => GpioInput.Open(Line("K1")).Dispose()).ConfigureAwait(false);

        CheckReport.Require(fault.Message.Contains("guest-check", StringComparison.Ordinal), fault.Message);
        CheckReport.RequireEqual(_chip.Level("K1"), true, "level of the line that stayed taken");
    }

    private async Task MissingAsync()
    {
        TransportException chip = await CheckReport.RequireFaultAsync(
            "GPIO-001", () => GpioInput.Open(Line("S1") with { Chip = "no-such-chip" }).Dispose()).ConfigureAwait(false);
        TransportException line = await CheckReport.RequireFaultAsync(
            "GPIO-001", () => GpioInput.Open(Line("S99")).Dispose()).ConfigureAwait(false);

        CheckReport.Require(chip.Message.Contains(_chip.Label, StringComparison.Ordinal), $"what there is is not named: {chip.Message}");
        CheckReport.Require(line.Message.Contains("it has 6", StringComparison.Ordinal), line.Message);
    }

    private async Task PulledOutAsync()
    {
        _chip.Pull("S1", isUp: false);
        using GpioInput input = GpioInput.Open(Line("S1"));
        using GpioOutput output = GpioOutput.Open(Line("K1"), isActive: true);
        _chip.Pull("S1", isUp: true);
        await input.WaitForEdgeAsync(0, CancellationToken.None).WaitAsync(CheckReport.Patience).ConfigureAwait(false);
        Task wait = input.WaitForEdgeAsync(1, CancellationToken.None);

        long pulled = Stopwatch.GetTimestamp();
        _chip.PullOut();
        TransportException lost = await CheckReport.RequireFaultAsync("GPIO-004", () => wait).ConfigureAwait(false);
        _report.Note($"a chip that was pulled out was noticed after {Stopwatch.GetElapsedTime(pulled).TotalMilliseconds:F0} ms");

        await CheckReport.RequireFaultAsync("GPIO-004", () => input.Get()).ConfigureAwait(false);
        await CheckReport.RequireFaultAsync("GPIO-004", () => output.Set(false)).ConfigureAwait(false);
        await CheckReport.RequireFaultAsync("GPIO-004", () => output.Get()).ConfigureAwait(false);
        CheckReport.Require(lost.Message.Contains("bench-relays S1", StringComparison.Ordinal), lost.Message);
        CheckReport.RequireEqual(input.Edges().Count, 1, "edges that were told before");
    }

    private async Task ComesBackAsync()
    {
        await CheckReport.RequireFaultAsync("GPIO-001", () => GpioInput.Open(Line("S1")).Dispose()).ConfigureAwait(false);

        _chip.PlugIn();
        using GpioInput input = GpioInput.Open(Line("S1"));
        using GpioOutput output = GpioOutput.Open(Line("K1"), isActive: true);
        _chip.Pull("S1", isUp: true);
        await input.WaitForEdgeAsync(0, CancellationToken.None).WaitAsync(CheckReport.Patience).ConfigureAwait(false);

        CheckReport.RequireEqual((_chip.Level("K1"), input.Edges()[0].Sequence), (true, 1), "level, and the first edge's number");
    }
}
