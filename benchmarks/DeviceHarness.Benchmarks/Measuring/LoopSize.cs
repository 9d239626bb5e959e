namespace DeviceHarness.Benchmarks.Measuring;

/// <summary>How long a loop measures.</summary>
/// <param name="Samples">How many samples are kept.</param>
/// <param name="WarmUp">How many are made before them and thrown away: a cold process shows what it costs to compile.</param>
internal readonly record struct LoopSize(int Samples, int WarmUp);
