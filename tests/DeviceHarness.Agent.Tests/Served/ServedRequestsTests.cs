using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Agent.Tests.Served;

/// <summary>Every service request that the driver serves, before the virtual meter: carried out, refused in a legal way, unanswered, with
/// its link lost half-way, and repeated after each.</summary>
public sealed class ServedRequestsTests
{
    /// <summary>dmct-process.md 9.1 of the domain guide: what goes to an ESME, less what the service answers and what changes keys, and the
    /// others that the harness takes on.</summary>
    private static readonly string[] Wanted =
    [
        "1.1.1", "1.2.1", "1.5", "1.6", "2.1", "2.2", "2.3", "2.5", "3.1", "3.2", "3.3", "4.1.1", "4.3", "4.6.1", "4.8.1", "4.10", "4.11.1",
        "4.13", "4.14", "4.15", "4.16", "4.17", "4.18", "6.2.4", "6.2.7", "6.4.1", "6.5", "6.8", "6.11", "6.13", "6.27", "7.1", "7.2",
        "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9", "7.10", "7.11", "8.1.1", "11.1", "11.2", "11.3",
    ];

    public static TheoryData<string> Variants => [.. EsmeDriver.Served];

    [Fact]
    public void The_table_holds_what_is_served_and_all_that_has_to_be()
    {
        ServedRequests.All.Keys.Should().BeEquivalentTo(EsmeDriver.Served);
        EsmeDriver.Served.Should().Contain(Wanted);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task It_is_refused_unanswered_carried_out_lost_half_way_and_repeated(string srv)
    {
        ServedRequest row = ServedRequests.All[srv];
        await using ServedBench bench = new();
        SrvRequestBody request = row.Make(bench, 1);
        request.ServiceReferenceVariant.Should().Be(srv);

        await bench.DriveAsync(row.Refused, srv);
        SrvResult refused = await bench.RunAsync(request);
        await bench.DriveAsync();
        bench.Meter.Defects = EsmeDefects.NoAnswer;
        SrvResult silent = await bench.RunAsync(request);
        bench.Meter.Defects = EsmeDefects.None;
        await PrepareAsync(bench, row, 1);
        int before = bench.Answers.Passed;
        SrvResult done = await bench.RunAsync(request);
        int answers = bench.Answers.Passed - before;
        SrvResult repeated = await bench.RunAsync(request);

        await PrepareAsync(bench, row, 2);
        SrvRequestBody next = row.Make(bench, 2);
        int changesBefore = bench.Changes;
        bench.Answers.CutAfter(answers / 2);
        SrvResult lost = await bench.RunAsync(next);
        int changes = bench.Changes - changesBefore;
        bench.Answers.Mend();
        SrvResult afterwards = await bench.RunAsync(next);

        using AssertionScope scope = new();
        (refused.Outcome.Kind, refused.Outcome.DeviceCode).Should().Be((DeviceOutcomeKind.Refused, row.Code), refused.Outcome.Detail);
        (silent.Outcome.Kind, silent.Outcome.LinkAnswersProbe).Should().Be((DeviceOutcomeKind.NoAnswer, true), silent.Outcome.Detail);
        done.Outcome.Kind.Should().Be(DeviceOutcomeKind.Done, done.Outcome.Detail);
        repeated.Outcome.Kind.Should().Be(row.Repeated, repeated.Outcome.Detail);
        (lost.Outcome.Kind, lost.Outcome.LinkAnswersProbe).Should().Be((DeviceOutcomeKind.Unreachable, false), lost.Outcome.Detail);
        lost.Outcome.Body.Should().BeNull("half an answer is none");
        changes.Should().BeLessThanOrEqualTo(row.Changes ? (answers / 2) + 1 : 0, "what a change did is not known: it is not sent again");
        afterwards.Outcome.Kind.Should().Be(row.Repeated, afterwards.Outcome.Detail);
    }

    /// <summary>Brings what has to be there, and opens the association: an answer to that is none to the request.</summary>
    private static async Task PrepareAsync(ServedBench bench, ServedRequest row, int number)
    {
        if (row.Before is { } before)
        {
            await before(bench, number);
        }

        await bench.RunAsync(new ReadFirmwareVersion());
    }
}
