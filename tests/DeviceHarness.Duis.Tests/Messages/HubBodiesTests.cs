using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Hub;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Messages;

public sealed class HubBodiesTests
{
    public static TheoryData<SrvRequestBody> Requests => [.. HubPairs.All().Select(pair => pair.Request)];

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_written_request_is_read_back_equal(SrvRequestBody body)
    {
        DuisRequest request = DuisFixtures.Request(body, 5);

        string xml = DuisRequestWriter.Write(request);

        DuisRequestReader.Read(xml).Message.Should().Be(request);
        DuisRequestWriter.Write(DuisRequestReader.Read(xml).Message).Should().Be(xml);
    }

    [Fact]
    public void The_values_of_a_device_log_are_found_by_their_paths()
    {
        ReadDeviceLogRsp body = new()
        {
            MessageSuccess = true,
            Devices = [new(DuisFixtures.Meter, DuisFixtures.Now, -61), new(null)],
        };

        body.Values.Should().Contain("CHFDeviceLogEntry.Count", "2")
            .And.Contain("DeviceIDs", $"{DuisFixtures.Meter} -")
            .And.Contain("CHFDeviceLogEntry[1].DeviceID", DuisFixtures.Meter.ToString())
            .And.Contain("CHFDeviceLogEntry[1].SubGHzLinkQuality", "-61")
            .And.NotContainKey("CHFDeviceLogEntry[2].DeviceID");
    }

    [Fact]
    public void An_install_code_does_not_show_in_the_text_of_a_request()
    {
        UpdateHANDeviceLog request = new(DuisFixtures.Meter, HanLogChange.Add, new HanDeviceJoin(600, "83FED3407A93"));

        request.ToString().Should().NotContain("83FED3407A93");
    }

    [Theory]
    [InlineData("<sr:JoinTimePeriod>600<", "<sr:JoinTimePeriod>3601<")]
    [InlineData("<sr:JoinTimePeriod>600<", "<sr:JoinTimePeriod>0<")]
    [InlineData("83FED3407A93", "83FED3407A")]
    [InlineData("83FED3407A93", "83FED3407A9X")]
    [InlineData(">Add<", ">Put<")]
    public void What_the_schema_does_not_allow_is_refused(string good, string bad)
    {
        SrvRequestBody body = new UpdateHANDeviceLog(DuisFixtures.Meter, HanLogChange.Add, new HanDeviceJoin(600, "83FED3407A93"));
        string xml = DuisRequestWriter.Write(DuisFixtures.Request(body, 5));
        xml.Should().Contain(good);

        Action read = () => DuisRequestReader.Read(xml.Replace(good, bad, StringComparison.Ordinal));

        read.Should().Throw<DuisFormatException>();
    }
}
