namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Which of several rigs gets work that any of them could do.</summary>
internal static class RigChoice
{
    /// <summary>Chooses at random among the fittest, so that no rig is worn more than its equals; a sick rig is the last choice.</summary>
    /// <param name="rigs">The rigs by name, at least one; their order does not matter.</param>
    /// <param name="seed">The seed: the same rigs in the same health and the same seed give the same choice.</param>
    public static string Of(IReadOnlyDictionary<string, RigFitness> rigs, long seed)
    {
        RigFitness best = rigs.Values.Min();
        string[] equals = [.. rigs.Where(rig => rig.Value == best).Select(rig => rig.Key).Order(StringComparer.Ordinal)];
        Random random = new(unchecked((int)(seed ^ (seed >> 32))));
        return equals[random.Next(equals.Length)];
    }
}
