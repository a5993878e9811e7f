using Xunit;

namespace PersonalAi.Tests.Assistant.Privacy;

public sealed class NetworkTraceTests
{
    [Theory]
    [InlineData("""7 connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 EINPROGRESS (Operation now in progress)""", "192.0.2.1:443")]
    [InlineData("""7 connect(5, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::ffff:192.0.2.1", &sin6_addr), sin6_scope_id=0}, 28) = 0""", "192.0.2.1:443")]
    [InlineData("""7 connect(5, {sa_family=AF_INET6, sin6_port=htons(0), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0""", "[2001:db8::1]:0")]
    [InlineData("""7 connect(5, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0""", "127.0.0.53:53")]
    [InlineData("""7 connect(5, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0""", "the resolver")]
    [InlineData("""7 sendto(5, ""..., 20, 0, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("192.0.2.1")}, 16) = 20""", "192.0.2.1:9")]
    [InlineData("""7 sendmmsg(5, [{msg_hdr={msg_name={sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, msg_namelen=16, msg_iov=[...]}, msg_len=3}], 1, 0) = 1""", "192.0.2.1:53")]
    [InlineData("7 sendmmsg(5,  <unfinished ...>\n8 sendto(5, \"\"..., 20, 0, NULL, 0) = 20\n7 <... sendmmsg resumed>[{msg_hdr={msg_name={sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr(\"192.0.2.1\")}, msg_namelen=16}}], 1, 0) = 1", "192.0.2.1:53")]
    [InlineData("""7 connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.1")}, 16 <unfinished ...>""", "192.0.2.1:443")]
    [InlineData("""7 connect(5, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("127.0.0.1")}, 16) = 0""", "")]
    [InlineData("""7 connect(5, {sa_family=AF_UNIX, sun_path="/tmp/engine.sock"}, 48) = -1 ENOENT (No such file or directory)""", "")]
    [InlineData("""7 sendto(5, ..., 20, 0, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 20""", "")]
    [InlineData("""7 sendmsg(5, {msg_name=NULL, msg_namelen=0, msg_iov=[...]}, 0) = 20""", "")]
    [InlineData("7 ???( <detached ...>", "")]
    [InlineData("7 ???( <unfinished ...>", "")]
    public void Places_beyond_this_machine_are_found(string trace, string expected) =>
        Assert.Equal(expected, string.Join(", ", NetworkTrace.PlacesBeyondIn(trace.Split('\n'))));

    [Theory]
    [InlineData("7 connect(5, 0x7ffd0000, 16) = 0")]
    [InlineData("7 connect(5, {sa_family=AF_VSOCK, svm_cid=2, svm_port=1}, 16) = 0")]
    [InlineData("7 connect(5, {sa_family=0x2c, sa_data=...}, 16) = 0")]
    [InlineData("7 connect(5, {sa_family=AF_INET, sa_data=...}, 16) = 0")]
    [InlineData("7 sendto(5, 0x7ffd0000, 20, 0, 0x7ffd0010, 16) = 20")]
    [InlineData("7 sendmmsg(5, [...], 2, MSG_NOSIGNAL) = 2")]
    [InlineData("7 io_uring_setup(8, {flags=0}) = 5")]
    [InlineData("7 <... connect resumed>) = 0")]
    [InlineData("strace: something")]
    public void A_line_that_cannot_be_read_proves_nothing(string line) =>
        Assert.StartsWith("The trace has a line that cannot be read: ", Assert.Throws<FormatException>(() => NetworkTrace.PlacesBeyondIn([line])).Message, StringComparison.Ordinal);
}
