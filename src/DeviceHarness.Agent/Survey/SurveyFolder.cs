using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Agent.Survey;

/// <summary>The folder of a survey's drafts: a rig file, the profiles where that file looks for them, and all that was found.</summary>
/// <remarks><code>
/// rig-config.yaml              the rig with the drafted devices
/// rigs/profiles/NAME.yaml      their profiles; of devices behind an adapter rigs/profiles/han/NAME.yaml
/// survey.json                  all that was found
/// </code></remarks>
internal sealed class SurveyFolder
{
    private readonly string _path;
    private readonly List<string> _files = [];

    /// <summary>Makes the folder.</summary>
    /// <exception cref="ConfigurationException">SURV-021: it is there already: nothing is written over.</exception>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal SurveyFolder(string path)
    {
        if (Directory.Exists(path) || File.Exists(path))
        {
            throw new ConfigurationException("SURV-021", path, 0, 0, "--out", "a folder that is there already", "a new folder");
        }

        _path = Directory.CreateDirectory(path).FullName;
    }

    /// <summary>The files written so far.</summary>
    internal IReadOnlyList<string> Files => _files;

    /// <summary>Writes the rig file.</summary>
    internal void WriteRig(string text) => Write("rig-config.yaml", text);

    /// <summary>Writes a profile.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="isHan">Whether it is of a device behind an adapter.</param>
    internal void WriteProfile(string name, string text, bool isHan = false) =>
        Write(Path.Combine("rigs", "profiles", isHan ? Path.Combine("han", $"{name}.yaml") : $"{name}.yaml"), text);

    /// <summary>Writes all that was found.</summary>
    internal void WriteJson(string json) => Write("survey.json", json + "\n");

    private void Write(string name, string text)
    {
        string path = Path.Combine(_path, name);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        _files.Add(path);
    }
}
