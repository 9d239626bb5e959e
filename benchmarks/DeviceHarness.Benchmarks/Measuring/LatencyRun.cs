namespace DeviceHarness.Benchmarks.Measuring;

/// <summary>Runs latency loops, prints their percentiles and writes every sample to a csv file.</summary>
internal sealed class LatencyRun(TextWriter output, string folder)
{
    /// <summary>Runs loops one after the other.</summary>
    /// <param name="loops">The loops.</param>
    /// <param name="samples">How many samples in place of the standard; null keeps the standard.</param>
    /// <param name="cancellationToken">Ends the run; files of loops that had ended are kept.</param>
    public async Task RunAsync(IReadOnlyList<ILatencyLoop> loops, int? samples, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await output.WriteLineAsync(Surroundings.Describe());
        foreach (ILatencyLoop loop in loops)
        {
            LoopSize size = samples is null ? loop.StandardSize : loop.StandardSize with { Samples = samples.Value };
            string before = Surroundings.LoadAverage();
            Measurement measurement = await loop.RunAsync(size, cancellationToken);
            string path = Path.Combine(folder, $"{loop.Name}.csv");
            await File.WriteAllTextAsync(path, measurement.ToCsv(), cancellationToken);
            await output.WriteLineAsync($"\n{loop.Name}: {loop.Asks}");
            await output.WriteLineAsync(
                $"{size.Samples} samples after {size.WarmUp} to warm up; load average {before} before, {Surroundings.LoadAverage()} after");
            await output.WriteLineAsync(path);
            await output.WriteLineAsync(measurement.ToTable());
        }
    }
}
