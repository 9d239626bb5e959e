using System.ComponentModel;
using System.Reflection;
using BenchmarkDotNet.Attributes;
using DeviceHarness.Benchmarks.Bench;
using DeviceHarness.Benchmarks.Cycles;
using DeviceHarness.Benchmarks.Esme;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Benchmarks.Rpc;
using DeviceHarness.Benchmarks.ZigBee;

namespace DeviceHarness.Benchmarks;

/// <summary>Everything that can be measured.</summary>
internal static class Catalogue
{
    /// <summary>The classes that BenchmarkDotNet runs: found, not listed, so that none can be forgotten.</summary>
    public static IReadOnlyList<Type> Benchmarks { get; } =
    [
        .. typeof(Catalogue).Assembly.GetExportedTypes()
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(BenchmarkAttribute))))
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>The loops that keep every sample, in the order in which they run.</summary>
    public static IReadOnlyList<ILatencyLoop> Loops { get; } =
    [
        new RegisterReadOverPty(), new RegisterReadAt9600(),
        new ImageTransferAt9600(InformationOctets: 128, WindowFrames: 1),
        new ImageTransferAt9600(InformationOctets: 128, WindowFrames: 7),
        new ImageTransferAt9600(InformationOctets: 1024, WindowFrames: 1),
        new ImageTransferAt9600(InformationOctets: 1024, WindowFrames: 7),
        new OtaThroughput(PacingMilliseconds: 0, LossPercent: 0), new OtaThroughput(PacingMilliseconds: 0, LossPercent: 5),
        new OtaThroughput(PacingMilliseconds: 20, LossPercent: 0), new OtaThroughput(PacingMilliseconds: 20, LossPercent: 5),
        new OtaThroughput(PacingMilliseconds: 250, LossPercent: 0), new OtaThroughput(PacingMilliseconds: 250, LossPercent: 5),
        new HanCrowdReads(),
        new UnaryLoop(), new PingPongLoop(), new DuplexLoop(),
        new UnaryBesideGrpcJs(),
        new AnswerToExpectation(), new SubmitToFirstStep(), new StepVisible(), new HungRig(),
        new OpenPort(), new PortLoss(), new AgentStart(),
    ];

    /// <summary>The question that a benchmark class answers.</summary>
    public static string QuestionOf(Type benchmark) => benchmark.GetCustomAttribute<DescriptionAttribute>()?.Description
        ?? throw new InvalidOperationException($"{benchmark.Name} has no [Description]: which question does it answer?");
}
