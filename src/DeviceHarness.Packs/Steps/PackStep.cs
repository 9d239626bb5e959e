namespace DeviceHarness.Packs.Steps;

/// <summary>One step of a case. A step is read once and run by many attempts: it keeps no state.</summary>
public abstract class PackStep
{
    /// <summary>What the step does, in the words of the pack.</summary>
    public required string Name { get; init; }

    /// <summary>The step's number as the case writes it, from 1; clean-up is counted by itself. Steps that <c>times</c> made share
    /// theirs.</summary>
    public required int Number { get; init; }

    /// <summary>When the step runs.</summary>
    public StepWhen When { get; init; }

    /// <summary>What it means when an expectation of the step is missed.</summary>
    public StepMiss OnMiss { get; init; }

    /// <summary>What the step does to its device beyond the test.</summary>
    public StepChange Change { get; init; }

    /// <summary>How the step is repeated until its expectations are met; null when it is done once.</summary>
    public RepeatUntil? Repeat { get; init; }

    /// <summary>How long the step may take; each round of it when it is repeated.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>The key that makes the step, such as <c>request</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The roles of the devices that the step uses.</summary>
    public virtual IEnumerable<string> DeviceRoles => [];

    /// <summary>The names that the step's captures define.</summary>
    public virtual IEnumerable<string> Captures => [];

    /// <summary>The service reference variant that the step sends; empty when it sends none.</summary>
    public virtual string ServiceReferenceVariant => string.Empty;

    /// <summary>Whether the step may change a device for good: the journal is on disk before its first octet leaves.</summary>
    public virtual bool IsUnsafe => false;

    /// <summary>Whether to do the step again may harm the device: it is critical, wears a part out or cannot be undone.</summary>
    public bool IsUnsafeToRepeat => IsUnsafe || Change is StepChange.Wearing or StepChange.Irreversible;

    /// <summary>How often the step is done at most.</summary>
    public int Rounds => Repeat?.Rounds ?? 1;

    /// <summary>Whether the step is meant to reach a device.</summary>
    public virtual bool TouchesDevice => false;

    /// <summary>Does what the step is for, and holds the result against its expectations.</summary>
    /// <param name="context">The attempt that the step belongs to.</param>
    /// <param name="cancellationToken">Ends the step: the time is up, or the attempt is cancelled.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The bench broke, or the pack is wrong.</exception>
    /// <exception cref="OperationCanceledException">The token ended the step.</exception>
    public abstract ValueTask<StepReport> ExecuteAsync(StepContext context, CancellationToken cancellationToken);
}
