using DeviceHarness.Cli;

return await HarnessProgram.RunAsync(args).ConfigureAwait(false);
