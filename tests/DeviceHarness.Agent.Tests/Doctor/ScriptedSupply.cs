using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Doctor;

namespace DeviceHarness.Agent.Tests.Doctor;

/// <summary>How a bench of two meters is wired otherwise than its rig file says.</summary>
public enum SupplyFault
{
    None,
    Stuck,
    Swapped,
    TakesBoth,
    StaysDark,
    NeverBack,
    DarkBefore,
    Held,
}

/// <summary>The supply of two meters, each with its feed, as a test has it wired.</summary>
internal sealed class ScriptedSupply(SupplyFault fault)
{
    private readonly Dictionary<string, bool> _isOn = new() { ["esme-01"] = fault != SupplyFault.DarkBefore, ["esme-02"] = true };

    /// <summary>What was switched, in order.</summary>
    public List<bool> Switched { get; } = [];

    /// <summary>How many have the contacts in their hands.</summary>
    public int Alive { get; private set; }

    public ITrialSupply Make()
    {
        Alive++;
        return new Hands(this);
    }

    private void Switch(string device, bool isOn)
    {
        Switched.Add(isOn);
        string moved = fault == SupplyFault.Swapped ? (device == "esme-01" ? "esme-02" : "esme-01") : device;
        foreach (string name in _isOn.Keys.Where(name => name == moved || fault == SupplyFault.TakesBoth).ToArray())
        {
            _isOn[name] = isOn ? fault != SupplyFault.NeverBack : fault == SupplyFault.Stuck;
        }
    }

    private void LetGo(bool isDead)
    {
        Alive--;
        foreach (string name in _isOn.Keys.Where(_ => isDead && fault is not (SupplyFault.StaysDark or SupplyFault.NeverBack)).ToArray())
        {
            _isOn[name] = true;
        }
    }

    private sealed class Hands(ScriptedSupply bench) : ITrialSupply, IPowerPort, ISupplySense
    {
        private bool _isGone;

        public IPowerPort Port => this;

        public ISupplySense Senses => this;

        public Task<bool> IsHeldAsync(CancellationToken cancellationToken) => Task.FromResult(bench.IsHeld);

        public ValueTask DieAsync() => Go(isDead: true);

        public ValueTask DisposeAsync() => Go(isDead: false);

        public PowerFeed? FeedOf(DeviceId device) => null;

        public Task SwitchAsync(DeviceId device, bool isOn, CancellationToken cancellationToken)
        {
            bench.Switch(device.Value, isOn);
            return Task.CompletedTask;
        }

        public bool Has(SupplyPoint point) => true;

        public Task<SupplyReading> ReadAsync(SupplyPoint point, CancellationToken cancellationToken) =>
            Task.FromResult(new SupplyReading("test", TimeSpan.Zero, bench._isOn[point.Device.Value], []));

        public Task WaitAsync(SupplyPoint point, long sequence, TimeSpan atMost, CancellationToken cancellationToken) => Task.CompletedTask;

        private ValueTask Go(bool isDead)
        {
            if (!_isGone)
            {
                _isGone = true;
                bench.LetGo(isDead);
            }

            return ValueTask.CompletedTask;
        }
    }

    private bool IsHeld => fault == SupplyFault.Held;
}
