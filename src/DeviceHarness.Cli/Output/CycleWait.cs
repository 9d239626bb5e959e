using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Output;

/// <summary>Whether a cycle waits for its rigs, and what there is to be said of that. What was said is not said again before it
/// changes.</summary>
internal sealed class CycleWait
{
    private readonly Dictionary<string, string> _states = [];
    private readonly Dictionary<string, string> _said = [];
    private IReadOnlyList<string> _rigs = [];

    /// <summary>Whether something is queued and nothing is at work.</summary>
    public bool IsOn => _states.ContainsValue("queued") && _states.Values.All(state => state is "queued" or "finished");

    /// <summary>Takes over what an update says of the cycle's cases.</summary>
    public void Take(CycleUpdate update)
    {
        if (update.Snapshot is { } snapshot)
        {
            _rigs = [snapshot.Cycle.Rig, .. snapshot.Cycle.SpareRigs];
            foreach (ExecutionSummary execution in snapshot.Executions)
            {
                _states[execution.Id] = execution.State;
            }
        }
        else if (update.Execution is { } changed)
        {
            _states[changed.Execution.Id] = changed.Execution.State;
        }
    }

    /// <summary>What is new of the rigs that the cycle waits for; empty when it waits for none.</summary>
    /// <param name="rigs">All rigs as they are now.</param>
    public IReadOnlyList<string> News(IEnumerable<Rig> rigs)
    {
        List<string> news = [];
        foreach (Rig rig in IsOn ? rigs.Where(rig => _rigs.Contains(rig.Name)) : [])
        {
            string why = RigText.WhyIdle(rig) ?? string.Empty;
            if (why.Length > 0 && _said.GetValueOrDefault(rig.Name) != why)
            {
                news.Add($"waits: {why}");
            }

            _said[rig.Name] = why;
        }

        return news;
    }
}
