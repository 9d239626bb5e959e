using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Dlms;

/// <summary>SET and ACTION with list, by octets that are written down by hand.</summary>
public sealed class ServiceListTests
{
    private static readonly AttributeWrite Name = new(new(1, ObisCode.Parse("0-0:96.1.0.255"), 2), "09 02 41 42".Octets());
    private static readonly AttributeWrite Threshold = new(new(71, ObisCode.Parse("0-0:17.0.0.255"), 4), "06 00 00 13 88".Octets());
    private static readonly AttributeWrite Long =
        new(new(1, ObisCode.Parse("0-0:96.1.0.255"), 2), (byte[])[0x09, 70, .. new byte[70]]);

    private static readonly MethodCall Script = new(new(9, ObisCode.Parse("0-0:10.0.106.255"), 1), "12 00 34".Octets());
    private static readonly MethodCall Plain = new(new(15, ObisCode.Parse("0-0:40.0.0.255"), 5), default);

    [Fact]
    public async Task Several_writes_are_one_request_and_each_has_its_result()
    {
        (ServiceList list, FakeApduLink link) = await OpenAsync(Conformance.MultipleReferences, "C5 05 C1 02 00 03");

        IReadOnlyList<DataAccessResult> results = await list.SetAsync([Name, Threshold], CancellationToken.None);

        results.Should().Equal(DataAccessResult.Success, DataAccessResult.ReadWriteDenied);
        link.Sent[1].ShouldBeHex(
            "C1 04 C1 02 0001 0000600100FF 02 00 0047 0000110000FF 04 00 02 09 02 41 42 06 00 00 13 88");
    }

    [Fact]
    public async Task Several_invocations_are_one_request_and_null_data_stands_for_no_parameter()
    {
        (ServiceList list, FakeApduLink link) = await OpenAsync(Conformance.MultipleReferences, "C7 03 C1 02 00 00 03 01 00 11 07");

        IReadOnlyList<MethodOutcome> outcomes = await list.ActAsync([Script, Plain], CancellationToken.None);

        link.Sent[1].ShouldBeHex("C3 03 C1 02 0009 00000A006AFF 01 000F 0000280000FF 05 02 12 00 34 00");
        outcomes.Select(outcome => outcome.Result).Should().Equal(ActionResult.Success, ActionResult.ReadWriteDenied);
        outcomes[1].Returned.Span.ShouldBeHex("11 07");
    }

    [Fact]
    public async Task What_no_list_has_room_for_goes_alone_in_its_place()
    {
        (ServiceList list, FakeApduLink link) = await OpenAsync(
            Conformance.MultipleReferences,
            "C5 05 C1 02 00 00", "C5 02 C2 00000001", "C5 03 C2 0C 00000002", "C5 01 C3 00");

        IReadOnlyList<DataAccessResult> results = await list.SetAsync([Name, Threshold, Long, Name], CancellationToken.None);

        results.Should().Equal(
            DataAccessResult.Success, DataAccessResult.Success, DataAccessResult.TypeUnmatched, DataAccessResult.Success);
        link.Sent.Skip(1).Select(apdu => Convert.ToHexString(apdu)[..4]).Should().Equal("C104", "C102", "C103", "C101");
    }

    [Fact]
    public async Task Without_the_agreement_each_goes_alone()
    {
        (ServiceList list, FakeApduLink link) = await OpenAsync(
            Conformance.None, "C5 01 C1 00", "C5 01 C2 0C", "C7 01 C3 00 00", "C7 01 C4 0B 00");

        (await list.SetAsync([Name, Threshold], CancellationToken.None))
            .Should().Equal(DataAccessResult.Success, DataAccessResult.TypeUnmatched);
        (await list.ActAsync([Script, Plain], CancellationToken.None)).Select(outcome => outcome.Result)
            .Should().Equal(ActionResult.Success, ActionResult.ObjectUnavailable);

        link.Sent.Should().HaveCount(5);
    }

    [Theory]
    [InlineData("C5 05 C1 01 00")]
    [InlineData("C5 05 C1 03 00 00 00")]
    [InlineData("C5 01 C1 00")]
    [InlineData("C5 05 C2 02 00 00")]
    public async Task An_answer_to_something_else_breaks_the_protocol(string answer)
    {
        (ServiceList list, _) = await OpenAsync(Conformance.MultipleReferences, answer);

        Func<Task> write = () => list.SetAsync([Name, Threshold], CancellationToken.None);

        await write.Should().ThrowAsync<RemoteProtocolException>();
    }

    [Fact]
    public async Task A_list_that_is_refused_as_a_whole_is_not_sent_again()
    {
        (ServiceList list, FakeApduLink link) = await OpenAsync(Conformance.MultipleReferences, "D8 01 02", "D8 01 02");

        Func<Task> write = () => list.SetAsync([Name, Threshold], CancellationToken.None);
        Func<Task> act = () => list.ActAsync([Script, Plain], CancellationToken.None);

        await write.Should().ThrowAsync<DeviceRefusedException>();
        await act.Should().ThrowAsync<DeviceRefusedException>();
        link.Sent.Should().HaveCount(3);
    }

    /// <summary>An association with a server that takes 64 octets and claims lists.</summary>
    private static async Task<(ServiceList List, FakeApduLink Link)> OpenAsync(Conformance more, params string[] answers)
    {
        byte[] accepted = ("61 29 A1 09 06 07 60 85 74 05 08 01 01 A2 03 02 01 00 A3 05 A1 03 02 01 00 "
            + "BE 10 04 0E 08 00 06 5F 1F 04 00 00 1E 1D 00 40 00 07").Octets();
        FakeApduLink link = new([accepted, .. answers.Select(answer => answer.Octets())]);
        DlmsClient client = new(link);
        await client.AssociateAsync(
            new DlmsAssociationSettings { Proposed = DlmsAssociationSettings.Offered | more }, CancellationToken.None);
        return (new ServiceList(client), link);
    }
}
