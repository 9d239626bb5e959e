using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.SmartEnergy;

public sealed class TypedMessagesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_price_goes_there_and_back_and_is_that_of_the_vector()
    {
        TestVector vector = TestVector.Load("zigbee/zcl-vectors.json").Single(candidate => candidate.Name == "price_publish_price_se11");
        ZclFrame.Read(vector.Octets, out ZclFrame frame, out _);
        ClusterCatalogue.Price.Command("PublishPrice", ZclSide.Server).Layout.Read(frame.Payload, out MessageContent content, out _);

        PublishedPrice price = PublishedPrice.From(content);

        price.Should().Be(new PublishedPrice(0x0A0B0C0D, 0x2E9B8A00, "Day Rate", 14.325m)
        {
            CurrentTime = ZclTime.ToMoment(0x2E9B8A3C)!.Value,
            Digits = 5,
            Tier = 1,
            Tiers = 2,
            RegisterTier = 1,
        });
        frame.Payload.ToArray().Should().StartWith(price.ToContent().ToOctets());
    }

    [Fact]
    public void A_price_that_begins_later_and_ends_says_so()
    {
        PublishedPrice price = new(1, 2, "Night", 0.07m)
        {
            CurrentTime = Now,
            Start = Now.AddHours(1),
            Duration = TimeSpan.FromMinutes(90),
            Digits = 2,
            Unit = 1,
        };

        PublishedPrice.From(price.ToContent()).Should().Be(price);
    }

    [Theory]
    [InlineData("0.071", 2, 0)]
    [InlineData("-1", 2, 0)]
    [InlineData("1", 16, 0)]
    [InlineData("5000000000", 0, 0)]
    [InlineData("42949673", 2, 0)]
    [InlineData("1", 2, 16)]
    public void A_price_that_its_fields_cannot_hold_is_refused(string amount, int digits, int tier)
    {
        PublishedPrice price = new(1, 2, "x", decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture))
        {
            CurrentTime = Now,
            Digits = digits,
            Tier = tier,
        };

        FluentActions.Invoking(price.ToContent).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void A_scale_turns_raw_numbers_into_the_meters_unit()
    {
        MeterScale gas = MeterScale.From(
        [
            new(MeterScale.UnitAttribute, ZclData.Unsigned(ZclDataType.Enum8, 1)),
            new(MeterScale.MultiplierAttribute, ZclData.Unsigned(ZclDataType.Unsigned24, 1)),
            new(MeterScale.DivisorAttribute, ZclData.Unsigned(ZclDataType.Unsigned24, 1000)),
            new(0x0014, ZclData.Unsigned(ZclDataType.Enum8, 2)),
        ])!;

        gas.Apply(ZclData.Unsigned(ZclDataType.Unsigned48, 12_345)).Should().Be(12.345m);
        gas.Apply(ZclData.Signed(ZclDataType.Signed24, -5)).Should().Be(-0.005m);
        gas.Apply(ZclData.Invalid(ZclDataType.Unsigned48)).Should().BeNull();
        gas.Apply(ZclData.OctetString([1])).Should().BeNull();
        gas.Text(12_345, isDemand: false).Should().Be("12.345 m3");
        gas.Text(12_345, isDemand: true).Should().Be("12.345 m3/h");
        (gas with { Unit = null }).Text(1, isDemand: true).Should().Be("0.001");
        (gas with { Unit = 0 }).Text(1000, isDemand: true).Should().Be("1 kW");
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    [InlineData(-1, 1)]
    [InlineData(0xFFFFFF, 1)]
    public void Without_multiplier_and_divisor_there_is_no_scale(int multiplier, int divisor)
    {
        List<AttributeResult> attributes = [];
        foreach ((ushort id, int number) in new[] { (MeterScale.MultiplierAttribute, multiplier), (MeterScale.DivisorAttribute, divisor) })
        {
            attributes.Add(number < 0
                ? new(id, ZclStatus.UnsupportedAttribute, null)
                : new(id, ZclData.Unsigned(ZclDataType.Unsigned24, (ulong)number)));
        }

        MeterScale.From(attributes).Should().BeNull();
    }

    [Fact]
    public void Profile_intervals_are_given_oldest_first_with_their_ends()
    {
        MessageContent response = Profile(status: 0, period: 2, ZclTime.FromMoment(Now));

        ProfileInterval.From(response).Should().Equal(
            new ProfileInterval(Now.AddHours(-1), null), new ProfileInterval(Now.AddMinutes(-30), 20), new ProfileInterval(Now, 30));
        ProfileInterval.From(Profile(status: 4, period: 2, ZclTime.FromMoment(Now))).Should().HaveCount(3, "as many as fit");
        ProfileInterval.From(Profile(status: 5, period: 2, ZclTime.FromMoment(Now))).Should().BeEmpty();
        ProfileInterval.From(Profile(status: 0, period: 8, ZclTime.FromMoment(Now))).Should().BeEmpty();
        ProfileInterval.From(Profile(status: 0, period: 2, ZclTime.Invalid)).Should().BeEmpty();
    }

    [Fact]
    public void The_lengths_of_intervals_fall_from_a_day_to_two_and_a_half_minutes()
    {
        Enumerable.Range(0, 9).Select(period => ProfileInterval.LengthOf((byte)period)?.TotalMinutes)
            .Should().Equal(1440, 60, 30, 15, 10, 7.5, 5, 2.5, null);
    }

    [Fact]
    public void A_top_up_and_its_answer_go_there_and_back()
    {
        TestVector vector = TestVector.Load("zigbee/zcl-vectors.json")
            .Single(candidate => candidate.Name == "prepayment_consumer_top_up_utrn20");
        TopUpResponse response = new(TopUpResult.AcceptedSupplyArmed, 1000, 2, -234);

        byte[] request = ClusterCatalogue.Prepayment.Command("ConsumerTopUp", ZclSide.Client)
            .Compose(0x21, TopUpResponse.Request(2, "12345678901234567890"));

        request.ShouldBeHex(Convert.ToHexString(vector.Octets));
        response.ToContent().ToOctets().ShouldBeHex("12 E8030000 02 16FFFFFF");
        TopUpResponse.From(response.ToContent()).Should().Be(response);
        response.IsAccepted.Should().BeTrue();
        (response with { Result = TopUpResult.DuplicateTopUp }).IsAccepted.Should().BeFalse();
        FluentActions.Invoking(() => TopUpResponse.Request(2, new string('1', 26))).Should().Throw<ArgumentException>();
    }

    private static MessageContent Profile(byte status, byte period, uint end)
    {
        MessageContent response = ClusterCatalogue.Metering.Command("GetProfileResponse", ZclSide.Server).Create()
            .Set("end_time", end).Set("status", status).Set("profile_interval_period", period);
        foreach (uint value in new uint[] { 30, 20, 0xFF_FFFF })
        {
            response.Add("intervals").Set("value", value);
        }

        return response;
    }
}
