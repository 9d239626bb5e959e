using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Packs.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Steps;

public sealed class CompareFormsStepTests
{
    private const string Step = "- compare-forms: { devices: [ esme, mute ] }";

    private static readonly AnswerForms Same = new("its clock", ["unknown", "unknown"]);

    private readonly ScriptedBench _bench = new();

    [Fact]
    public async Task Answers_of_one_form_are_met_and_the_devices_are_those_of_the_roles()
    {
        ScriptedForms forms = new(Same, new AnswerForms("its snapshot", ["NotFound", "NotFound"]));
        _bench.Forms = forms;

        AttemptResult result = await RunAsync();

        result.Verdict.Should().Be(Verdict.Passed, result.Reason);
        forms.Asked.Should().Equal(new DeviceId("esme-01"), new DeviceId("esme-mute"));
    }

    /// <summary>What differs is the devices' even where another question was not answered; what was not answered proves nothing.</summary>
    [Theory]
    [InlineData("Success", "NotFound", Verdict.Failed, "its snapshot: esme Success, mute NotFound")]
    [InlineData("NotFound", null, Verdict.Inconclusive, "its snapshot: esme NotFound, mute nothing")]
    [InlineData(null, null, Verdict.Inconclusive, "its snapshot: esme nothing, mute nothing")]
    public async Task Another_form_is_a_miss_and_no_answer_proves_nothing(string? first, string? second, Verdict verdict, string reason)
    {
        _bench.Forms = new ScriptedForms(Same, new AnswerForms("its snapshot", [first, second]));

        AttemptResult result = await RunAsync();

        result.Verdict.Should().Be(verdict, result.Reason);
        result.Reason.Should().EndWith(reason);
    }

    [Fact]
    public async Task A_difference_counts_beside_a_question_that_was_not_answered()
    {
        _bench.Forms = new ScriptedForms(
            new AnswerForms("its clock", ["unknown", null]), new AnswerForms("its snapshot", ["NotFound", "Success"]));

        (await RunAsync()).Verdict.Should().Be(Verdict.Failed);
    }

    [Fact]
    public async Task A_lost_adapter_is_the_bench_and_one_that_has_none_blocks()
    {
        AttemptResult without = await RunAsync();
        _bench.Forms = new ScriptedForms { Fault = new AdapterException("ASH-016", AdapterFault.LinkLost, "zb-01: lost") };
        AttemptResult lost = await RunAsync();

        without.Verdict.Should().Be(Verdict.Blocked);
        lost.Verdict.Should().Be(Verdict.Inconclusive, lost.Reason);
    }

    [Theory]
    [InlineData("[ esme ]")]
    [InlineData("[ esme, esme ]")]
    public void It_takes_two_devices_and_more(string devices)
    {
        Action read = () => PackText.LoadSteps($"- compare-forms: {{ devices: {devices} }}");

        read.Should().Throw<ConfigurationException>().Which.Allowed.Should().Contain("2 to 8 roles");
    }

    private Task<AttemptResult> RunAsync()
    {
        TestPack pack = PackText.LoadSteps(Step);
        return new PackRunner().RunCaseAsync(
            pack, pack.Cases[0], _bench, new RecordingJournal(), new RunOptions { Time = new ManualTimeProvider() }, CancellationToken.None)
            .DefaultTimeout();
    }

    private sealed class ScriptedForms(params AnswerForms[] rows) : IFormPort
    {
        public HarnessException? Fault { get; init; }

        public IReadOnlyList<DeviceId> Asked { get; private set; } = [];

        public Task<IReadOnlyList<AnswerForms>> ReadAsync(IReadOnlyList<DeviceId> devices, CancellationToken cancellationToken)
        {
            Asked = devices;
            return Fault is null ? Task.FromResult<IReadOnlyList<AnswerForms>>(rows) : throw Fault;
        }
    }
}
