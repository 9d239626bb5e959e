namespace DeviceHarness.Guest;

/// <summary>The checks of one area; what they find is in the lines that they print.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["i2c-far", string level])
        {
            await I2cChecks.ServeAsync(level).ConfigureAwait(false);
        }

        using OutsideWorld outside = new();
        if (arguments is not [("gpio" or "serial" or "i2c") and string area])
        {
            outside.Tell("give it one of: gpio, serial, i2c, i2c-far <file>");
            return 2;
        }

        CheckReport report = new(outside, area);
        await (area switch
        {
            "gpio" => new GpioChecks(report).RunAsync(),
            "serial" => new SerialChecks(report, outside).RunAsync(),
            _ => new I2cChecks(report).RunAsync(),
        }).ConfigureAwait(false);
        return 0;
    }
}
