using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Power;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Tests.Power;

/// <summary>A relay and the line at its contact: what is told is kept, and the contact follows as the test says. Whoever waits for the line
/// moves the clock.</summary>
internal sealed class ScriptedHand(ManualTimeProvider time) : IRelayBoard, IContactSight, IDisposable
{
    private readonly List<GpioEdge> _edges = [];
    private bool _isActive;

    /// <summary>What the coil was told, and that the line was given back.</summary>
    public List<string> Told { get; } = [];

    /// <summary>The levels that the contact takes, one after the other, when its coil is told one; itself when null.</summary>
    public Func<bool, IReadOnlyList<bool>> Follow { get; set; } = isActive => [isActive];

    /// <summary>Why the line cannot be looked at; null while it can.</summary>
    public TransportException? Blindness { get; set; }

    public string Source { get; set; } = "run 1";

    /// <summary>The contact moves by itself.</summary>
    public void Move(bool isActive)
    {
        if (_isActive != isActive)
        {
            _isActive = isActive;
            _edges.Add(new GpioEdge(_edges.Count + 1, isActive, 1_000 * (_edges.Count + 1)));
        }
    }

    /// <summary>Stands there without a change that was seen.</summary>
    public void StandAt(bool isActive) => _isActive = isActive;

    public Task SetAsync(int channel, bool isEnergised, CancellationToken cancellationToken)
    {
        Told.Add(isEnergised ? "on" : "off");
        foreach (bool level in Follow(isEnergised))
        {
            Move(level);
        }

        return Task.CompletedTask;
    }

    public Task<bool?> ReadAsync(int channel, CancellationToken cancellationToken) => Task.FromResult<bool?>(null);

    public ContactSighting Look() =>
        Blindness is null ? new ContactSighting(Source, time.GetTimestamp(), _isActive, [.. _edges]) : throw Blindness;

    public Task WaitAsync(long sequence, TimeSpan atMost, CancellationToken cancellationToken)
    {
        time.Advance(atMost);
        return Task.CompletedTask;
    }

    public void Dispose() => Told.Add("given back");
}
