namespace DeviceHarness.Abstractions.Execution;

/// <summary>A kind of step that somebody writes in C#, in an assembly that the rig file names under <c>step-kinds</c>; packs call it by
/// <c>custom: { kind: … }</c>.</summary>
/// <remarks>One object serves all attempts of a rig, several at once: it keeps no state of an attempt. A class needs a public constructor
/// without parameters.</remarks>
public interface IStepKind
{
    /// <summary>The name by which packs call it: lower-case letters, digits and hyphens, a letter first.</summary>
    string Name { get; }

    /// <summary>The names of the values that a pack has to give it.</summary>
    IReadOnlyList<string> Required { get; }

    /// <summary>The names of the values that a pack may give it besides.</summary>
    IReadOnlyList<string> Optional { get; }

    /// <summary>Does what the step is for.</summary>
    /// <param name="call">What the pack asks for, and what the step may use.</param>
    /// <param name="cancellationToken">Ends the step: its time is up, or the attempt is cancelled.</param>
    /// <returns>What it found.</returns>
    /// <exception cref="Errors.HarnessException">The bench broke, or the values do not fit. Any other exception but
    /// <see cref="OperationCanceledException"/> is a mistake of the step and ends the attempt.</exception>
    ValueTask<StepOutcome> ExecuteAsync(StepCall call, CancellationToken cancellationToken);
}
