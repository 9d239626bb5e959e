using DeviceHarness.Codecs.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Dlms;

public sealed class ServiceConformanceTests
{
    [Theory]
    [InlineData("C001C100010000 2A0000FF0200", Conformance.Get)]
    [InlineData("C001C100010000 2A0000FF0000", Conformance.Get | Conformance.Attribute0SupportedWithGet)]
    [InlineData("C002C100000001", Conformance.Get | Conformance.BlockTransferWithGet)]
    [InlineData("C003C102000100002A0000FF020000080000010000FF0200", Conformance.Get | Conformance.MultipleReferences)]
    [InlineData(
        "C003C102000100002A0000FF0200 00070100630100FF0201020204060000000106000000031200011200 00",
        Conformance.Get | Conformance.MultipleReferences | Conformance.SelectiveAccess)]
    [InlineData("C401C100110A", Conformance.Get)]
    [InlineData("C402C100000000010000", Conformance.Get | Conformance.BlockTransferWithGet)]
    [InlineData("C403C1010004", Conformance.Get)]
    [InlineData("C403C1010104", Conformance.Get | Conformance.MultipleReferences)]
    [InlineData("C101C100080000010000FF0200110A", Conformance.Set)]
    [InlineData("C101C100080000010000FF0000110A", Conformance.Set | Conformance.Attribute0SupportedWithSet)]
    [InlineData("C102C100010000600100FF02000000000001021105", Conformance.Set | Conformance.BlockTransferWithSet)]
    [InlineData("C103C10100000002021105", Conformance.Set | Conformance.BlockTransferWithSet)]
    [InlineData("C104C10100080000010000FF020001110A", Conformance.Set | Conformance.MultipleReferences)]
    [InlineData(
        "C105C10100080000010000FF0200000000000102110A",
        Conformance.Set | Conformance.MultipleReferences | Conformance.BlockTransferWithSet)]
    [InlineData("C501C100", Conformance.Set)]
    [InlineData("C502C100000001", Conformance.Set | Conformance.BlockTransferWithSet)]
    [InlineData("C503C10000000001", Conformance.Set | Conformance.BlockTransferWithSet)]
    [InlineData("C504C1010000000001", Conformance.Set | Conformance.BlockTransferWithSet | Conformance.MultipleReferences)]
    [InlineData("C505C10100", Conformance.Set | Conformance.MultipleReferences)]
    [InlineData("C301C10046000060030AFF01010F00", Conformance.Action)]
    [InlineData("C302C100000001", Conformance.Action | Conformance.BlockTransferWithAction)]
    [InlineData("C303C10100460000 60030AFF01010F00", Conformance.Action | Conformance.MultipleReferences)]
    [InlineData("C304C10046000060030AFF0100000000010 20F00", Conformance.Action | Conformance.BlockTransferWithAction)]
    [InlineData(
        "C305C1010046000060030AFF010000000001020F00",
        Conformance.Action | Conformance.BlockTransferWithAction | Conformance.MultipleReferences)]
    [InlineData("C306C1010000000 2020F00", Conformance.Action | Conformance.BlockTransferWithAction)]
    [InlineData("C701C10000", Conformance.Action)]
    [InlineData("C703C1010000", Conformance.Action | Conformance.MultipleReferences)]
    [InlineData("C704C100000001", Conformance.Action | Conformance.BlockTransferWithAction)]
    [InlineData("C20000030100010800FF020600006C20", Conformance.EventNotification)]
    [InlineData("0F0000000100110A", Conformance.DataNotification)]
    [InlineData("D9000000010000", Conformance.Access)]
    [InlineData("E0810001000100", Conformance.GeneralBlockTransfer)]
    [InlineData("DB000520 00000001", Conformance.GeneralProtection)]
    [InlineData("C0", Conformance.Get)]
    [InlineData("6203800100", Conformance.None)]
    [InlineData("D80102", Conformance.None)]
    [InlineData("", Conformance.None)]
    public void An_apdu_needs_the_bits_of_its_service_and_its_form(string apdu, Conformance expected) =>
        ServiceConformance.RequiredBy(apdu.Octets()).Should().Be(expected);
}
