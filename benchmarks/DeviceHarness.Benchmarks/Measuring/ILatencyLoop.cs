namespace DeviceHarness.Benchmarks.Measuring;

/// <summary>A question about waiting times over a wire: answered by a loop that keeps every sample, where BenchmarkDotNet gives means.
/// </summary>
internal interface ILatencyLoop
{
    /// <summary>Its name, which is also that of its csv file.</summary>
    string Name { get; }

    /// <summary>The question, with the target when there is one.</summary>
    string Asks { get; }

    /// <summary>The size that gives percentiles worth stating.</summary>
    LoopSize StandardSize { get; }

    /// <summary>Measures; throws when an answer is wrong.</summary>
    /// <param name="size">How long.</param>
    /// <param name="cancellationToken">Ends the measurement; nothing is kept.</param>
    Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken);
}
