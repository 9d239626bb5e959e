namespace DeviceHarness.Guest;

/// <summary>The checks of one area; what they find is in the lines that they print.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using OutsideWorld outside = new();
        if (arguments is not [("gpio" or "serial") and string area])
        {
            outside.Tell("give it one of: gpio, serial");
            return 2;
        }

        CheckReport report = new(outside, area);
        await (area == "gpio" ? new GpioChecks(report).RunAsync() : new SerialChecks(report, outside).RunAsync()).ConfigureAwait(false);
        return 0;
    }
}
