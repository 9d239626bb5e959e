using System.Text;
using DeviceHarness.Assurance.Issues;
using DeviceHarness.Assurance.Reports;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Reports;

public sealed class EvidenceExchangeTests
{
    private const string Document = """
        { "steps": [
          { "index": 1, "name": "ask", "wire": [
            { "offsetMicroseconds": 1500, "port": "esme-01", "direction": "ToDevice", "octets": "7E A0" },
            { "offsetMicroseconds": 2500, "port": "esme-01", "direction": "FromDevice", "octets": "7E" },
            { "offsetMicroseconds": 3500, "port": "esme-01", "direction": "FromDevice", "octets": "A0 07" } ],
            "decode": [ "SNRM", "UA" ] },
          { "index": 2, "name": "look at the log", "wire": [], "decode": [] },
          { "index": 3, "name": "clean-up: undo", "cleanup": true, "wire": [
            { "offsetMicroseconds": 9, "port": "esme-01", "direction": "ToDevice", "octets": "00" } ] } ] }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0)]
    public void A_step_without_octets_shows_those_of_the_step_before_it_and_never_clean_up(int step)
    {
        FailingExchange exchange = EvidenceExchange.Find(Encoding.UTF8.GetBytes(Document), step)!;

        (exchange.Step, exchange.StepName).Should().Be((1, "ask"));
        exchange.Octets.Should().Equal("1.500 ms esme-01 > 7E A0", "2.500 ms esme-01 < 7E A0 07");
        exchange.Decode.Should().Equal("SNRM", "UA");
        exchange.LeftOut.Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"steps\": 7 }")]
    [InlineData("{ \"steps\": [ { \"index\": 1, \"wire\": [] } ] }")]
    [InlineData("{ \"steps\": [ { \"index\": 2, \"wire\": [ { } ] } ] }")]
    public void Evidence_without_octets_up_to_the_step_has_no_exchange(string document)
    {
        EvidenceExchange.Find(Encoding.UTF8.GetBytes(document), step: 1).Should().BeNull();
    }

    [Fact]
    public void A_long_exchange_is_cut_to_its_end_and_says_how_much_is_left_out()
    {
        IEnumerable<string> turns = Enumerable.Range(0, 2 * FailingExchange.MaximumLines).Select(index =>
            $"{{ \"offsetMicroseconds\": {index}, \"direction\": \"{(index % 2 == 0 ? "To" : "From")}Device\", \"octets\": \"00\" }}");

        FailingExchange exchange = EvidenceExchange.Find(
            Encoding.UTF8.GetBytes($"{{ \"steps\": [ {{ \"index\": 1, \"wire\": [ {string.Join(",", turns)} ] }} ] }}"), step: 1)!;

        exchange.Octets.Should().HaveCount(FailingExchange.MaximumLines);
        exchange.LeftOut.Should().Be(FailingExchange.MaximumLines);
        exchange.Octets[^1].Should().StartWith("0.079 ms");
    }
}
