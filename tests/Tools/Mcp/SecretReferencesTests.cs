using PersonalAi.Tests.Fakes;
using PersonalAi.Tools.Mcp;
using Xunit;

namespace PersonalAi.Tests.Tools.Mcp;

public sealed class SecretReferencesTests
{
    [Fact]
    public void A_secret_comes_from_a_variable_or_from_a_file_that_only_its_owner_can_read()
    {
        using var folder = new ScratchFolder();
        Write(folder["token"], "t0p-secret \nrest", UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var values = Resolve(folder, ("Authorization", "Bearer ${file:token}"), ("KEY", "${env:MY_KEY}"), ("MODE", "plain"));

        Assert.Equal(["Bearer t0p-secret", "from the environment", "plain"], values);
    }

    [Fact]
    public void A_file_that_others_can_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        using var folder = new ScratchFolder();
        Write(folder["token"], "secret", UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var error = Assert.Throws<McpServerException>(() => Resolve(folder, ("KEY", "${file:token}")));

        Assert.Equal($"A secret of the MCP server 's' is missing: others can read the file '{folder["token"]}'; run 'chmod 600 {folder["token"]}'.", error.Message);
    }

    [Theory]
    [InlineData("${env:NOT_SET}", "A secret of the MCP server 's' is missing: the environment variable 'NOT_SET' is not set; set it before pai starts.")]
    [InlineData("${input:key}", "A secret of the MCP server 's' is missing: '${input:key}' is not a reference; write '${env:NAME}' or '${file:PATH}'.")]
    [InlineData("${HOME}", "A secret of the MCP server 's' is missing: '${HOME}' is not a reference; write '${env:NAME}' or '${file:PATH}'.")]
    public void A_reference_to_nothing_is_refused(string value, string message)
    {
        using var folder = new ScratchFolder();

        var error = Assert.Throws<McpServerException>(() => Resolve(folder, ("KEY", value)));

        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("API_KEY", "0123456789abcdef")]
    [InlineData("Authorization", "Bearer abcdefgh")]
    [InlineData("db_password", "correct horse")]
    [InlineData("ANYTHING", "ghp_0123456789abcdefghij0123")]
    public void A_secret_that_is_written_out_is_refused_with_advice(string name, string value)
    {
        var error = Assert.Throws<McpServerException>(() => LiteralSecrets.Refuse("s", name, value));

        Assert.Equal(
            $"The value of '{name}' for the MCP server 's' looks like a secret and must not stand in the configuration: put it into an environment variable, or into a file that only you can read, and write '${{env:{name.ToUpperInvariant()}}}' or '${{file:PATH}}'.",
            error.Message);
    }

    [Theory]
    [InlineData("API_KEY", "${env:API_KEY}")]
    [InlineData("KEY_FILE", "/home/me/key.pem")]
    [InlineData("MAX_TOKENS_LIMIT", "1000000000")]
    [InlineData("LOG_LEVEL", "information")]
    public void What_is_no_secret_may_stand_there(string name, string value)
    {
        LiteralSecrets.Refuse("s", name, value);
    }

    [Fact]
    public void A_secret_among_the_arguments_is_refused()
    {
        var errors = new string[][] { ["--api-key", "0123456789"], ["--token=0123456789"], ["run", "sk-0123456789abcdef01"] }
            .Select(arguments => Assert.Throws<McpServerException>(() => LiteralSecrets.RefuseIn("s", arguments)).Message);
        LiteralSecrets.RefuseIn("s", ["--key-file", "/home/me/key.pem", "--token", "--verbose", "folder"]);

        Assert.All(errors, message => Assert.Contains("looks like a secret, which others could read while it runs", message, StringComparison.Ordinal));
    }

    private static Dictionary<string, string?>.ValueCollection Resolve(ScratchFolder folder, params (string Name, string Value)[] values) =>
        new SecretReferences(name => name == "MY_KEY" ? "from the environment" : null, folder.Path).Resolve("s", values.ToDictionary(value => value.Name, value => value.Value)).Values;

    private static void Write(string path, string text, UnixFileMode mode)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
