using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Library;

/// <summary>Each Service Request of the default SRV pack that an electricity meter serves has a positive form, and each negative one, in a
/// built-in pack.</summary>
/// <remarks>Provenance: the project's guide to DMCT, SRVT and EOC, sections 9.1 (the requests) and 9.2 (the forms), as of November 2026.
/// Copied by hand; a change there is to be made here.</remarks>
public sealed class ServiceRequestFormsTests
{
    private const string Asked =
        "1.1.1 1.2.1 1.5 1.6 2.1 2.2 2.3 2.5 3.2 3.3 4.1.1 4.3 4.6.1 4.8.1 4.10 4.11.1 4.13 4.17 4.18 6.2.4 6.2.7 6.8 6.11 6.13 6.15.1 "
        + "6.21 6.23 6.24.1 7.1 7.2 7.3 7.4 7.5 7.6 7.7 7.8 7.9 7.10 7.11 8.1.1 11.2 11.3";

    private const string Positive = "positive";
    private const string Effect = "read-back";
    private const string AllRoles = "every role may send it";
    private const string Loads = "the meters with loads and buttons are of another rig than the one that does not answer";
    private const string NoWay = "the bench reads what a command changes before it sends it: nothing goes to a silent meter";
    private const string Token = "its code is a secret of one meter (pack prepayment); the checks are those of every request";
    private const string Button = "no model of a rig has a button that the DCC reaches: ControlEffectTests has a virtual one";
    private const string Image = "none is spent on a meter that is away: SUS-03 loses its response (E21)";

    private static readonly string[] Codes = ["E2", "E4", "E5", "E11", "E12", "E19", "E20", "E21"];

    /// <summary>Which form of which requests is not there, and why.</summary>
    private static readonly (string Form, string Requests, string Reason)[] Missing =
    [
        ("E2", "6.2.4 6.2.7 11.2", AllRoles),
        ("E2", "2.2", Token), ("E4", "2.2", Token), ("E11", "2.2", Token), ("E19", "2.2", Token), ("E20", "2.2", Token),
        ("E21", "2.2", Token),
        ("E20", "7.7 7.9 7.10 7.11", Loads), ("E21", "7.7 7.9 7.10 7.11", Loads),
        ("E20", "1.1.1 1.2.1 1.5 1.6 2.1 2.3 2.5 7.1 7.2 7.3 7.5 7.6 7.8", NoWay),
        ("E21", "1.1.1 1.2.1 1.5 1.6 2.1 2.3 2.5 7.1 7.2 7.3 7.5 7.6 7.8", NoWay),
        ("E20", "3.2 6.8 6.11 8.1.1", "what cannot be undone is tried on the silent meter alone (E21)"),
        ("E20", "11.3", Image),
        (Positive, "7.9 7.10 7.11", Button), (Effect, "7.9 7.10", Button),
        (Effect, "3.2", "nobody can read as the former consumer whom it shuts out"),
    ];

    private static readonly string[] Served =
        [.. Asked.Split(' ').Where(srv => SrvCatalogue.TryFind(srv, out SrvEntry? entry) && entry.NotOnDevice.Length == 0)];

    private static readonly IReadOnlyList<(TestCase Case, IReadOnlyList<RequestStep> Steps)> Cases =
    [
        .. PackLibrary.List.SelectMany(pack => pack.Cases)
            .Where(testCase => testCase.Source.Length == 0 && testCase.Needs.All(need => need.DeviceType != "GSME"))
            .Select(testCase => (testCase, (IReadOnlyList<RequestStep>)[.. testCase.Steps.OfType<RequestStep>()])),
    ];

    public static TheoryData<string> Requests => [.. Served];

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_has_each_form_or_a_reason_why_not(string srv)
    {
        string[] found =
        [
            .. Codes.Where(code => HasRefusal(srv, code)), .. HasPositive(srv) ? new[] { Positive } : [],
            .. HasEffect(srv) && !ReadsOnly(srv) ? new[] { Effect } : [],
        ];
        IEnumerable<string> excused = Missing.Where(row => row.Requests.Split(' ').Contains(srv)).Select(row => row.Form);

        excused.Should().NotIntersectWith(found, $"a form of {srv} that is there needs no reason");
        found.Concat(excused).Should().BeEquivalentTo([Positive, .. Codes, .. ReadsOnly(srv) ? [] : new[] { Effect }],
            $"each form of {srv} is in a pack or has a reason");
    }

    [Fact]
    public void Four_requests_of_the_list_are_answered_by_the_Service_Provider()
    {
        Asked.Split(' ').Except(Served).Should().Equal("6.15.1", "6.21", "6.23", "6.24.1");
        Missing.Should().OnlyContain(row => row.Reason.Length > 10);
    }

    [Fact]
    public void Each_case_that_sends_them_names_its_sources_and_ends_in_time()
    {
        TestCase[] cases =
            [.. Cases.Where(one => one.Steps.Any(step => Served.Contains(step.ServiceReferenceVariant))).Select(one => one.Case)];

        cases.Should().OnlyContain(testCase => testCase.SourceRefs.Count > 0 && testCase.Budget > TimeSpan.Zero);
        cases.SelectMany(testCase => testCase.Steps).Should().OnlyContain(step => step.Timeout > TimeSpan.Zero);
    }

    private static bool ReadsOnly(string srv) => srv.StartsWith("4.", StringComparison.Ordinal)
        || srv is "6.2.4" or "6.2.7" or "6.13" or "7.4" or "7.7" or "7.11" or "11.2";

    private static bool HasRefusal(string srv, string code) => Cases.SelectMany(one => one.Steps).Any(step =>
        step.ServiceReferenceVariant == srv
        && step.Expectation.Describe().Any(line => line == $"acknowledgement: {code}" || line == $"response: {code}"));

    private static bool IsPositive(RequestStep step, string srv) => step.ServiceReferenceVariant == srv
        && step.Expectation.ReachesDevice && step.Expectation.Describe().Contains("response: I0")
        && !step.Expectation.Describe().Contains("outcome: Refused");

    /// <summary>It is carried out, and something is expected of the answer or of the meter afterwards.</summary>
    private static bool HasPositive(string srv) => Cases.Any(one => one.Steps.Any(step => IsPositive(step, srv)
        && (step.Expectation.Body.Count > 0 || step.Expectation.Success == true || HasEffect(srv))));

    /// <summary>It is carried out, and a later request of the case reads what it did.</summary>
    private static bool HasEffect(string srv) => Cases.Any(one =>
    {
        int sent = one.Steps.ToList().FindIndex(step => IsPositive(step, srv));
        return sent >= 0 && one.Steps.Skip(sent + 1).Any(step =>
            step.ServiceReferenceVariant != srv && step.Expectation.ReachesDevice && step.Expectation.Body.Count > 0);
    });
}
