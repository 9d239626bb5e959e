using DeviceHarness.Packs.Evidence;

namespace DeviceHarness.Agent.Replay;

/// <summary>Brings the octets of requests that were carried out at their own time, while a step only waited, to the steps that took their
/// answers.</summary>
internal static class LaterAnswers
{
    private static readonly string[] Waiting = ["wait", "answer"];

    /// <summary>The steps that have octets, in order. Octets of a wait that no answer belongs to stay with the wait.</summary>
    /// <param name="steps">All steps of an attempt.</param>
    public static IEnumerable<StepEvidence> Joined(IEnumerable<StepEvidence> steps)
    {
        StepEvidence? waited = null;
        foreach (StepEvidence step in steps)
        {
            if (waited is not null && step is { Kind: "answer", Wire.Count: 0, Request.Outcome: not null })
            {
                yield return step with { Wire = waited.Wire, StartedMicroseconds = waited.StartedMicroseconds };
                waited = null;
            }
            else if (step.Wire.Count > 0)
            {
                if (waited is not null)
                {
                    yield return waited;
                }

                waited = step.Request is null && step.Hub is null && Waiting.Contains(step.Kind) ? step : null;
                if (waited is null)
                {
                    yield return step;
                }
            }
        }

        if (waited is not null)
        {
            yield return waited;
        }
    }
}
