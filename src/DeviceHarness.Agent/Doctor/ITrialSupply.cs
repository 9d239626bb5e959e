using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Power;

namespace DeviceHarness.Agent.Doctor;

/// <summary>What switches and sees the supply of a rig while its wiring is tried.</summary>
internal interface ITrialSupply : IAsyncDisposable
{
    /// <summary>What switches.</summary>
    IPowerPort Port { get; }

    /// <summary>What sees.</summary>
    ISupplySense Senses { get; }

    /// <summary>Whether the bench is held off by its emergency stop.</summary>
    Task<bool> IsHeldAsync(CancellationToken cancellationToken);

    /// <summary>Lets go of all contacts as the system does when a process dies: nothing is switched on first. It is of no use after
    /// that.</summary>
    ValueTask DieAsync();
}

/// <summary>The supply of a rig, as an agent has it.</summary>
internal sealed class RigTrialSupply(RigSupply supply) : ITrialSupply
{
    private bool _isDead;

    /// <inheritdoc/>
    public IPowerPort Port => supply.Port!;

    /// <inheritdoc/>
    public ISupplySense Senses => supply.Senses!;

    /// <inheritdoc/>
    public Task<bool> IsHeldAsync(CancellationToken cancellationToken) =>
        supply.Latch is { } latch ? latch.IsHeldAsync(cancellationToken) : Task.FromResult(false);

    /// <inheritdoc/>
    public ValueTask DieAsync()
    {
        _isDead = true;
        return supply.AbandonAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _isDead ? ValueTask.CompletedTask : supply.DisposeAsync();
}
