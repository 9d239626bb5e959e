using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Benchmarks.Rpc;
using DeviceHarness.Benchmarks.Smoke;

namespace DeviceHarness.Benchmarks;

/// <summary>Measures the harness's own speed.</summary>
internal static class Program
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int Usage = 2;
    private const string DefaultFolder = "BenchmarkDotNet.Artifacts/latency";

    private const string Help = """
        Measures the harness's own speed. Build in Release; figures of a Debug build are worth nothing.

          --list                              every benchmark and loop, with the question that it answers
          --smoke                             runs everything once and checks the results; exit code 1 when one fails
          --latency [NAME] [--samples N] [--out FOLDER]
                                              runs the loops over wires, prints percentiles, writes every sample to FOLDER/NAME.csv
                                              (FOLDER: BenchmarkDotNet.Artifacts/latency unless given)
          --filter PATTERN [...]              runs benchmarks by BenchmarkDotNet; everything else on the line is its own
          --help                              this

        Examples, from the repository's root:
          dotnet run -c Release --project benchmarks/DeviceHarness.Benchmarks -- --smoke
          dotnet run -c Release --project benchmarks/DeviceHarness.Benchmarks -- --filter '*Hdlc*' --job short
          dotnet run -c Release --project benchmarks/DeviceHarness.Benchmarks -- --filter '*' --job short --inProcess
          dotnet run -c Release --project benchmarks/DeviceHarness.Benchmarks -- --latency register-read-pty --samples 2000
        """;

    /// <summary>Does what the line says.</summary>
    /// <returns>0; 1 when a benchmark failed or gave a wrong result; 2 when the line is wrong.</returns>
    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case [] or ["--help"] or ["-h"]:
                await Console.Out.WriteLineAsync(Help);
                return Success;
            case ["--list"]:
                await ListAsync();
                return Success;
            case ["--smoke"]:
                return await new SmokeRun(Console.Out).RunAsync(CancellationToken.None) == 0 ? Success : Failure;
            case ["--latency", .. string[] rest]:
                return await MeasureAsync(rest);
            case [PingPeer.Option, PingPeer.Server]:
                await PingPeer.ServeAsync();
                return Success;
            case [PingPeer.Option, PingPeer.Client, string address]:
                await PingPeer.CallAsync(address);
                return Success;
            case ["--filter" or "-f", _, ..]:
                return RunBenchmarks(arguments);
            default:
                await Console.Error.WriteLineAsync($"cannot read '{string.Join(' ', arguments)}'; --help shows what can be asked");
                return Usage;
        }
    }

    private static async Task ListAsync()
    {
        foreach (Type type in Catalogue.Benchmarks)
        {
            await Console.Out.WriteLineAsync($"{type.Name}: {Catalogue.QuestionOf(type)}");
            foreach (string name in BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases
                .Select(benchmark => benchmark.Descriptor.WorkloadMethod.Name).Distinct(StringComparer.Ordinal))
            {
                await Console.Out.WriteLineAsync($"  {name}");
            }
        }

        foreach (ILatencyLoop loop in Catalogue.Loops)
        {
            await Console.Out.WriteLineAsync($"{loop.Name} (--latency): {loop.Asks}");
        }
    }

    private static async Task<int> MeasureAsync(string[] arguments)
    {
        IReadOnlyList<ILatencyLoop> loops = Catalogue.Loops;
        int? samples = null;
        string folder = DefaultFolder;
        for (string[] rest = arguments; rest.Length > 0;)
        {
            switch (rest)
            {
                case ["--samples", string text, .. string[] others]
                    when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0:
                    samples = number;
                    rest = others;
                    break;
                case ["--out", string path, .. string[] others]:
                    folder = path;
                    rest = others;
                    break;
                case [string name, .. string[] others] when Catalogue.Loops.FirstOrDefault(loop => loop.Name == name) is { } found:
                    loops = [found];
                    rest = others;
                    break;
                default:
                    string known = string.Join(", ", Catalogue.Loops.Select(loop => loop.Name));
                    await Console.Error.WriteLineAsync(
                        $"--latency cannot read '{string.Join(' ', rest)}'; it takes --samples N, --out FOLDER or one of {known}");
                    return Usage;
            }
        }

        await new LatencyRun(Console.Out, folder).RunAsync(loops, samples, CancellationToken.None);
        return Success;
    }

    private static int RunBenchmarks(string[] arguments)
    {
        IConfig config = ManualConfig.Create(DefaultConfig.Instance).AddExporter(CsvMeasurementsExporter.Default);
        Summary[] summaries = [.. BenchmarkSwitcher.FromTypes([.. Catalogue.Benchmarks]).Run(arguments, config)];
        bool isGood = summaries.Length > 0
            && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success));
        return isGood ? Success : Failure;
    }
}
