using Microsoft.Extensions.Logging;

namespace DeviceHarness.Cli.Processes;

/// <summary>The log of a service process: single lines on standard error, so that standard output stays data.</summary>
internal static class ProcessLog
{
    /// <summary>Makes the factory; the caller disposes of it.</summary>
    public static ILoggerFactory CreateFactory() => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    });
}
