using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Running;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Benchmarks.Rpc;

namespace DeviceHarness.Benchmarks.Smoke;

/// <summary>Runs everything once and checks the results: shows that the benchmarks still work, and says nothing about speed.</summary>
internal sealed class SmokeRun(TextWriter output)
{
    private static readonly LoopSize SmallLoop = new(Samples: 20, WarmUp: 2);

    private int _failures;

    /// <summary>Runs every benchmark and every loop.</summary>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>How many failed.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        foreach (Type type in Catalogue.Benchmarks)
        {
            _ = Catalogue.QuestionOf(type);
            foreach (BenchmarkCase benchmark in BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases)
            {
                string name = $"{type.Name}.{benchmark.Descriptor.WorkloadMethod.Name}{ParametersOf(benchmark)}";
                await RunOneAsync(name, () => OnceAsync(benchmark));
            }
        }

        foreach (ILatencyLoop loop in Catalogue.Loops)
        {
            await RunOneAsync(loop.Name, async () =>
            {
                Measurement measurement = await loop.RunAsync(SmallLoop, cancellationToken);
                Verify.That(measurement.Rows.Count > 0, "nothing was measured");
            });
        }

        await output.WriteLineAsync(_failures == 0 ? "smoke: all passed" : $"smoke: {_failures} failed");
        return _failures;
    }

    private static string ParametersOf(BenchmarkCase benchmark) => benchmark.HasParameters
        ? $"({string.Join(", ", benchmark.Parameters.Items.Select(item => $"{item.Name}={item.Value}"))})"
        : string.Empty;

    private static async Task OnceAsync(BenchmarkCase benchmark)
    {
        object instance = Activator.CreateInstance(benchmark.Descriptor.Type)!;
        foreach (BenchmarkDotNet.Parameters.ParameterInstance parameter in benchmark.Parameters.Items)
        {
            benchmark.Descriptor.Type.GetProperty(parameter.Name)!.SetValue(instance, parameter.Value);
        }

        await InvokeAsync(instance, benchmark.Descriptor.GlobalSetupMethod);
        await InvokeAsync(instance, benchmark.Descriptor.IterationSetupMethod);
        await InvokeAsync(instance, benchmark.Descriptor.WorkloadMethod);
        await InvokeAsync(instance, benchmark.Descriptor.IterationCleanupMethod);
        await InvokeAsync(instance, benchmark.Descriptor.GlobalCleanupMethod);
    }

    private static async Task InvokeAsync(object instance, MethodInfo? method)
    {
        object? result = method?.Invoke(instance, BindingFlags.DoNotWrapExceptions, binder: null, parameters: null, culture: null);
        if (result is Task task)
        {
            await task;
        }
    }

    private async Task RunOneAsync(string name, Func<Task> run)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            await run();
            await output.WriteLineAsync($"ok      {name} ({Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms)");
        }
        catch (PeerMissingException exception)
        {
            await output.WriteLineAsync($"skipped {name}: {exception.Message}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The edge of the process: whatever a benchmark throws is its failure, and the others still run.
            _failures++;
            await output.WriteLineAsync($"FAILED  {name}: {exception.GetType().Name}: {exception.Message}");
        }
    }
}
